//! Protocols, as packets carry them and as rules name them, and what a rule's ports mean for each.

use std::fmt;

/// An IP protocol by its IANA number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IpProtocol(pub u8);

/// Names of protocols as rules may write them, beside numbers. Source: IANA's 'Protocol Numbers'.
const NAMES: [(&str, u8); 10] = [
    ("icmp", 1),
    ("igmp", 2),
    ("tcp", 6),
    ("udp", 17),
    ("gre", 47),
    ("esp", 50),
    ("ah", 51),
    ("icmpv6", 58),
    ("ospf", 89),
    ("sctp", 132),
];

impl IpProtocol {
    /// The Internet Control Message Protocol.
    pub const ICMP: Self = Self(1);
    /// The Transmission Control Protocol.
    pub const TCP: Self = Self(6);
    /// The User Datagram Protocol.
    pub const UDP: Self = Self(17);
    /// The Encapsulating Security Payload of `IPsec`.
    pub const ESP: Self = Self(50);
    /// ICMP for IPv6.
    pub const ICMPV6: Self = Self(58);

    /// Reads a name such as `tcp` or a number; `None` where it is neither.
    pub fn parse(text: &str) -> Option<Self> {
        let named = NAMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text));
        named
            .map(|(_, number)| *number)
            .or_else(|| text.parse().ok())
            .map(Self)
    }

    /// The protocol as a rule writes it: `tcp`, or its number.
    pub fn rule_name(self) -> String {
        match NAMES.iter().find(|(_, number)| *number == self.0) {
            Some((name @ ("tcp" | "udp" | "icmp" | "icmpv6"), _)) => (*name).to_owned(),
            _ => self.0.to_string(),
        }
    }

    /// Whether packets of it have ports.
    pub const fn has_ports(self) -> bool {
        matches!(self, Self::TCP | Self::UDP)
    }

    /// Whether it is ICMP of either family: rules then give a type and a code where others give ports.
    pub const fn is_icmp(self) -> bool {
        matches!(self, Self::ICMP | Self::ICMPV6)
    }
}

impl fmt::Display for IpProtocol {
    /// `TCP`, or `protocol 99` where it has no name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match NAMES.iter().find(|(_, number)| *number == self.0) {
            Some((name, _)) => f.write_str(&name.to_ascii_uppercase()),
            None => write!(f, "protocol {}", self.0),
        }
    }
}

/// The protocol of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleProtocol {
    /// Every protocol, `-1`.
    All,
    /// One.
    Only(IpProtocol),
}

impl RuleProtocol {
    /// `tcp`.
    pub const TCP: Self = Self::Only(IpProtocol::TCP);
    /// `udp`.
    pub const UDP: Self = Self::Only(IpProtocol::UDP);

    /// Whether a rule for this protocol is for packets of that one.
    pub fn holds(self, protocol: IpProtocol) -> bool {
        match self {
            Self::All => true,
            Self::Only(only) => only == protocol,
        }
    }
}

/// The ports of a rule, both ends included; for ICMP the first is the type and the last the code, of which -1 is any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// `FromPort`.
    pub from: i32,
    /// `ToPort`.
    pub to: i32,
}

impl Ports {
    /// All ports.
    pub const ALL: Self = Self {
        from: 0,
        to: 65_535,
    };
    /// Every type and code of ICMP.
    pub const ANY_ICMP: Self = Self { from: -1, to: -1 };

    /// One port.
    pub fn one(port: u16) -> Self {
        Self {
            from: port.into(),
            to: port.into(),
        }
    }

    /// Whether the ports hold what a packet of a protocol has in their place: its destination port, or its type and code.
    /// Of protocols that have neither, everything. Source: 'Security group rules' and 'Network ACL rules' of the VPC guide.
    pub fn hold(self, protocol: IpProtocol, port: u16, icmp: (u8, u8)) -> bool {
        if protocol.has_ports() {
            // rules for all ports are written 0-65535, and -1 by some tools
            self.from == -1 || (self.from..=self.to).contains(&i32::from(port))
        } else if protocol.is_icmp() {
            (self.from == -1 || self.from == i32::from(icmp.0))
                && (self.from == -1 || self.to == -1 || self.to == i32::from(icmp.1))
        } else {
            true
        }
    }
}

impl fmt::Display for Ports {
    /// `8080` or `8000-8080`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.from)?;
        if self.from == self.to {
            Ok(())
        } else {
            write!(f, "-{}", self.to)
        }
    }
}
