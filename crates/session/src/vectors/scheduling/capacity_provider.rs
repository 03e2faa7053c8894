//! Area `capacity_provider`: which provider runs which task. A service spreads its tasks as `RunTask` does, by the same strategy, so that
//! the rows of both are played by `RunTask`.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use fargate_core::error::Reply;
use fargate_core::task::Provider;
use fargate_core::text::{Json, Node};

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let Some(strategy) = case.setup.get("strategy") else {
        return Ok(case.not_modelled());
    };
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    if let Some(providers) = case.setup.get("cluster_capacityProviders") {
        let put = format!(
            r#"{{"cluster":"default","capacityProviders":{},"defaultCapacityProviderStrategy":[]}}"#,
            Json::of(providers).as_str()
        );
        account.done("ecs:PutClusterCapacityProviders", &put)?;
    }
    let count = case
        .setup
        .get("desired_tasks")
        .and_then(Node::as_i64)
        .unwrap_or(1);
    let input = account.run_input(&format!(
        r#""count":{count},"capacityProviderStrategy":{}"#,
        Json::of(strategy).as_str()
    ));
    let none: [String; 0] = [];
    match account.send("ecs:RunTask", &input) {
        Ok(Reply::Tasks(_)) => {}
        Ok(_) => return Err("not every task was placed".to_owned()),
        Err(error) => {
            return Ok(Seen::default()
                .refusal(&error)
                .member("tasks", &none.to_vec()));
        }
    }
    let tasks = account.world.tasks();
    let mut placed = Seen::default();
    for provider in Provider::ALL {
        let on = tasks.values().filter(|it| it.provider == Some(provider));
        placed = placed.member(provider.aws(), &on.count());
    }
    Ok(Seen::default().member("placed", &placed.finish()))
}
