//! ECS's calls about task definitions that are registered already. Members are spelled as in the ECS API.

use crate::wire;

wire! {
    /// Input of `DeregisterTaskDefinition`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeregisterTaskDefinition {
        /// `family:revision`, or the ARN: a bare family is refused.
        pub task_definition: String = "taskDefinition",
    }

    /// Input of `DeleteTaskDefinitions`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteTaskDefinitions {
        /// `family:revision` or ARNs, 1 to 10, each INACTIVE.
        pub task_definitions: Vec<String> = "taskDefinitions",
    }

    /// Input of `DescribeTaskDefinition`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DescribeTaskDefinition {
        /// `family` for its newest ACTIVE revision, `family:revision`, or the ARN.
        pub task_definition: String = "taskDefinition",
        /// `TAGS` where tags are to be shown.
        pub include: Vec<String> = "include" optional,
    }

    /// Input of `ListTaskDefinitions`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ListTaskDefinitions {
        /// Those of that family, by its whole name.
        pub family_prefix: Option<String> = "familyPrefix" optional,
        /// Those of that status, `ACTIVE`, `INACTIVE` or `DELETE_IN_PROGRESS`; `ACTIVE` where absent.
        pub status: Option<String> = "status" optional,
        /// `ASC`, by family and number, or `DESC`; `ASC` where absent.
        pub sort: Option<String> = "sort" optional,
        /// Where the last page ended.
        pub next_token: Option<String> = "nextToken" optional,
        /// How many a page holds, 1 to 100; 100 where absent.
        pub max_results: Option<i32> = "maxResults" optional,
    }

    /// Input of `ListTaskDefinitionFamilies`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ListTaskDefinitionFamilies {
        /// Those whose names begin so.
        pub family_prefix: Option<String> = "familyPrefix" optional,
        /// Those with an ACTIVE revision, `ACTIVE`, without one, `INACTIVE`, or `ALL`; `ALL` where absent.
        pub status: Option<String> = "status" optional,
        /// Where the last page ended.
        pub next_token: Option<String> = "nextToken" optional,
        /// How many a page holds, 1 to 100; 100 where absent.
        pub max_results: Option<i32> = "maxResults" optional,
    }
}
