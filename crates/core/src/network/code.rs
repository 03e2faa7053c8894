//! Why a path does not exist, in the vocabulary of VPC Reachability Analyzer, and in ours where that has no word.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $aws:literal,)*) => {
        /// Why a path does not exist, in the vocabulary of VPC Reachability Analyzer; what begins with `X_` is ours.
        /// Source: 'Reachability Analyzer explanation codes'.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// AWS's spelling.
            pub const fn aws(self) -> &'static str {
                match self {
                    $(Self::$name => $aws,)*
                }
            }
        }
    };
}

codes! {
    /// The part does not work, or not yet.
    BadState = "BAD_STATE",
    /// The route that matches is dead.
    BadStateRoute = "BAD_STATE_ROUTE",
    /// No target is in a zone that the load balancer serves.
    ElbInstalledAzRestriction = "ELB_INSTALLED_AZ_RESTRICTION",
    /// The node uses its own zone's targets only, and there are none.
    ElbNotCrossZone = "ELB_NOT_CROSSZONE",
    /// The listener's target group has no target.
    Elbv2ListenerHasNoTg = "ELBV2_LISTENER_HAS_NO_TG",
    /// No listener takes the protocol and port.
    Elbv2ListenersMismatch = "ELBV2_LISTENERS_MISMATCH",
    /// The groups have rules, none applies.
    EniSgRulesMismatch = "ENI_SG_RULES_MISMATCH",
    /// The interface forwards only what is its own.
    EniSourceDestCheckRestriction = "ENI_SOURCE_DEST_CHECK_RESTRICTION",
    /// The gateway takes no private destination out.
    IgwDestinationAddressNotInRfc1918Egress = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
    /// The gateway takes no destination in 100.64.0.0/10 out.
    IgwDestinationAddressNotInRfc6598Egress = "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS",
    /// The inbound destination is no public address of an interface in the VPC.
    IgwPrivateIpAssociationForIngress = "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
    /// The sender has no public address.
    IgwPublicIpAssociationForEgress = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    /// A NAT gateway serves its own VPC only.
    NgwRequiresSourceInVpc = "NGW_REQUIRES_SOURCE_IN_VPC",
    /// Nothing owns the destination address.
    NoPossibleDestination = "NO_POSSIBLE_DESTINATION",
    /// No route matches.
    NoRouteToDestination = "NO_ROUTE_TO_DESTINATION",
    /// A peering connection carries only what goes from one VPC's blocks to the other's.
    PcxRequiresAddressInVpcCidr = "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
    /// The part does not carry the protocol.
    ProtocolRestriction = "PROTOCOL_RESTRICTION",
    /// The groups have no rule in that direction.
    SgHasNoRules = "SG_HAS_NO_RULES",
    /// A rule refers to a group, and what forwarded the packet hides that the sender wears it.
    SgReferencesNotPreserved = "SG_REFERENCES_NOT_PRESERVED",
    /// The subnet's ACL does not let it pass.
    SubnetAclRestriction = "SUBNET_ACL_RESTRICTION",
    /// A gateway endpoint carries TCP and ICMP echo only.
    VpceGatewayProtocolRestriction = "VPCE_GATEWAY_PROTOCOL_RESTRICTION",
    /// The answer takes another way than the request.
    AsymmetricReturn = "X_ASYMMETRIC_RETURN",
    /// `enableDnsSupport` is off.
    DnsDisabled = "X_DNS_DISABLED",
    /// An egress-only gateway lets no connection in.
    EigwNoInbound = "X_EIGW_NO_INBOUND",
    /// A target calls itself through an NLB that keeps client addresses.
    HairpinClientIp = "X_HAIRPIN_CLIENT_IP",
    /// A NAT gateway lets no connection in.
    NatNoInbound = "X_NAT_NO_INBOUND",
    /// The route table of the NAT gateway's subnet does not lead to an internet gateway.
    NatNotInPublicSubnet = "X_NAT_NOT_IN_PUBLIC_SUBNET",
    /// The NAT gateway stands in the sender's subnet.
    NatSameSubnetLoop = "X_NAT_SAME_SUBNET_LOOP",
    /// Nothing listens on the port.
    NoListener = "X_NO_LISTENER",
    /// The link-local service is not offered there.
    NoService = "X_NO_SERVICE",
    /// The sender has no address of that family.
    NoSourceAddress = "X_NO_SOURCE_ADDRESS",
    /// The name does not resolve.
    NxDomain = "X_NXDOMAIN",
    /// A private address is not reached from the Internet.
    UnroutablePrivateDestination = "X_UNROUTABLE_PRIVATE_DESTINATION",
}
