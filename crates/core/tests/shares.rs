//! How containers share CPU and memory: the tables of `data/shares`, and laws that hold whatever is asked for.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::compute::cpu::{Claim, Grant, quotas, share, weight};
use fargate_core::compute::memory::{Hold, Limit, caches, first_kill};
use fargate_core::engine::chance;

/// The rows of a table, each with its columns.
fn rows(table: &str) -> Vec<Vec<&str>> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split('|').map(str::trim).collect())
        .collect()
}

fn numbers(column: &str) -> Vec<u32> {
    column.split(' ').map(|it| it.parse().unwrap()).collect()
}

fn check_cpu(table: &str, shared: impl Fn(u32, &[Claim]) -> Vec<Grant>) -> usize {
    let rows = rows(table);
    for row in &rows {
        let claim = |it: &str| {
            let (cpu, wants) = it.split_once(':').unwrap();
            Claim {
                cpu: cpu.parse().unwrap(),
                wants: wants.parse().unwrap(),
            }
        };
        let claims: Vec<Claim> = row[1].split(' ').map(claim).collect();
        let grants = shared(row[0].parse().unwrap(), &claims);
        let found: Vec<u32> = grants.iter().map(|it| it.granted).collect();
        assert_eq!(found, numbers(row[2]), "{row:?}");
        let lent: Vec<u32> = grants.iter().map(|it| it.lent).collect();
        assert_eq!(lent, numbers(row[3]), "{row:?}");
    }
    rows.len()
}

#[test]
fn cpu_goes_by_weight_and_idle_time_is_borrowed() {
    let rows = check_cpu(include_str!("data/shares/cpu.txt"), share);
    assert!(rows >= 25, "{rows}");
}

#[test]
fn on_windows_cpu_is_a_quota() {
    let rows = check_cpu(include_str!("data/shares/quotas.txt"), |_, claims| {
        quotas(claims)
    });
    assert_eq!(rows, 4);
}

/// `300+200r256l512`: what processes want, files, reservation, limit.
fn hold(text: &str) -> Hold {
    let (text, limit) = text.split_once('l').unwrap_or((text, ""));
    let (text, reservation) = text.split_once('r').unwrap_or((text, ""));
    let (wants, cache) = text.split_once('+').unwrap_or((text, "0"));
    Hold {
        wants: wants.parse().unwrap(),
        cache: cache.parse().unwrap(),
        reservation: reservation.parse().ok(),
        limit: limit.parse().ok(),
    }
}

/// Who is killed until the rest fits, and what each then holds.
fn settle(task: u32, holds: &mut [Hold]) -> (String, String) {
    let mut killed = Vec::new();
    while let Some(kill) = first_kill(task, holds) {
        let by = match kill.limit {
            Limit::Container(limit) => {
                assert_eq!(Some(limit), holds[kill.victim].limit);
                "container"
            }
            Limit::Task(limit) => {
                assert_eq!(limit, task);
                "task"
            }
        };
        killed.push(format!("{} {by}", kill.victim));
        holds[kill.victim] = Hold::default();
    }
    let kept = caches(task, holds);
    let held: Vec<String> = holds
        .iter()
        .zip(kept)
        .map(|(hold, kept)| match kept {
            0 => hold.wants.to_string(),
            kept => format!("{}+{kept}", hold.wants),
        })
        .collect();
    let killed = if killed.is_empty() {
        "nobody".to_owned()
    } else {
        killed.join(", ")
    };
    (killed, held.join(" "))
}

#[test]
fn memory_is_reclaimed_before_anyone_is_killed() {
    let rows = rows(include_str!("data/shares/memory.txt"));
    assert!(rows.len() >= 30, "{}", rows.len());
    for row in rows {
        let mut holds: Vec<Hold> = row[1].split(' ').map(hold).collect();
        let (killed, held) = settle(row[0].parse().unwrap(), &mut holds);
        assert_eq!(
            (killed.as_str(), held.as_str()),
            (row[2], row[3]),
            "{row:?}"
        );
    }
}

/// Numbers drawn for one try of a law.
struct Draw {
    law: &'static str,
    subject: String,
    drawn: u32,
}

impl Draw {
    fn below(&mut self, limit: u64) -> u32 {
        self.drawn += 1;
        let subject = format!("{} {}", self.subject, self.drawn);
        (chance::draw(11, self.law, &subject) % limit) as u32
    }

    /// A task's CPU and the claims of 1 to 10 containers; small weights and equal ones come often.
    fn claims(&mut self) -> (u32, Vec<Claim>) {
        let cap = 256 << self.below(8);
        let count = 1 + self.below(10);
        let weights = [4, 300, 1_200, 300_000][self.below(4) as usize];
        let wants = [3, 300, 5_000, 100_000][self.below(4) as usize];
        let claims = (0..count).map(|_| Claim {
            cpu: self.below(weights),
            wants: self.below(wants),
        });
        (cap, claims.collect())
    }
}

/// Tries a law many times, each with draws of its own.
fn law(name: &'static str, check: impl Fn(&mut Draw)) {
    for number in 0..3_000 {
        let subject = number.to_string();
        check(&mut Draw {
            law: name,
            subject,
            drawn: 0,
        });
    }
}

#[test]
fn all_that_is_asked_for_is_given_up_to_the_cap() {
    law("whole", |draw| {
        let (cap, claims) = draw.claims();
        let given: u64 = share(cap, &claims)
            .iter()
            .map(|it| u64::from(it.granted))
            .sum();
        let asked: u64 = claims.iter().map(|it| u64::from(it.wants)).sum();
        assert_eq!(given, asked.min(cap.into()), "{cap} {claims:?}");
    });
}

#[test]
fn nobody_gets_more_than_asked_and_ones_own_part_is_sure() {
    law("own", |draw| {
        let (cap, claims) = draw.claims();
        for (claim, grant) in claims.iter().zip(share(cap, &claims)) {
            assert!(grant.granted <= claim.wants, "{cap} {claims:?}");
            let sure = claim.wants.min(grant.entitled);
            // odd units go to the largest remainders, which change with who still wants more
            assert!(grant.granted + 1 >= sure, "{cap} {claims:?}");
        }
    });
}

#[test]
fn what_is_borrowed_is_lent_by_those_who_leave_it() {
    law("loans", |draw| {
        let (cap, claims) = draw.claims();
        let grants = share(cap, &claims);
        let borrowed: u32 = grants.iter().map(|it| it.borrowed).sum();
        let lent: u32 = grants.iter().map(|it| it.lent).sum();
        assert_eq!(borrowed, lent, "{cap} {claims:?}");
        for grant in grants {
            assert!(grant.lent <= grant.entitled.saturating_sub(grant.granted));
            assert!(grant.lent == 0 || grant.borrowed == 0);
        }
    });
}

/// The water level: whoever waits has no less for its weight than anyone else, but for one unit of rounding each.
#[test]
fn who_waits_has_as_much_for_its_weight_as_anyone() {
    law("level", |draw| {
        let (cap, claims) = draw.claims();
        let grants = share(cap, &claims);
        for (waiting, got) in claims.iter().zip(&grants) {
            if got.granted == waiting.wants {
                continue;
            }
            for (other, theirs) in claims.iter().zip(&grants) {
                let (mine, other) = (weight(waiting.cpu), weight(other.cpu));
                let more = u64::from(theirs.granted.saturating_sub(1)) * u64::from(mine);
                let less = u64::from(got.granted + 1) * u64::from(other);
                assert!(more <= less, "{cap} {claims:?} {grants:?}");
            }
        }
    });
}

#[test]
fn more_demand_of_one_takes_from_no_one_more_than_it_lent() {
    law("demand", |draw| {
        let (cap, mut claims) = draw.claims();
        let before = share(cap, &claims);
        let grower = draw.below(claims.len() as u64) as usize;
        claims[grower].wants += 1 + draw.below(2_000);
        let after = share(cap, &claims);
        // a unit of rounding may move for each container that the split is among
        let slack = claims.len() as u32;
        for (place, (before, after)) in before.iter().zip(&after).enumerate() {
            if place == grower {
                assert!(after.granted + slack >= before.granted, "{cap} {claims:?}");
            } else {
                assert!(after.granted <= before.granted + slack, "{cap} {claims:?}");
            }
        }
    });
}

#[test]
fn what_is_given_when_asked_for_alone_is_given_again() {
    law("again", |draw| {
        let (cap, claims) = draw.claims();
        let once = share(cap, &claims);
        let asked: Vec<Claim> = claims
            .iter()
            .zip(&once)
            .map(|(claim, grant)| Claim {
                wants: grant.granted,
                ..*claim
            })
            .collect();
        let twice = share(cap, &asked);
        assert!(once.iter().zip(&twice).all(|(a, b)| a.granted == b.granted));
    });
}

#[test]
fn files_fill_the_room_and_no_more_and_processes_keep_theirs() {
    law("files", |draw| {
        let task = 512 << draw.below(5);
        let count = 1 + draw.below(8);
        let mut holds: Vec<Hold> = (0..count)
            .map(|_| Hold {
                wants: draw.below(900),
                cache: draw.below(900),
                reservation: Some(draw.below(900)).filter(|it| it % 2 == 0),
                limit: Some(draw.below(1_200)).filter(|it| it % 2 == 0),
            })
            .collect();
        settle(task, &mut holds);
        let kept = caches(task, &holds);
        let mut room = task;
        let mut wished = 0;
        for (hold, kept) in holds.iter().zip(&kept) {
            assert!(hold.limit.is_none_or(|limit| hold.wants + kept <= limit));
            let own = hold.limit.map_or(hold.cache, |limit| limit - hold.wants);
            wished += hold.cache.min(own);
            room -= hold.wants;
        }
        let all: u32 = kept.iter().sum();
        assert_eq!(all, wished.min(room), "{task} {holds:?}");
        let floors = holds.iter().zip(&kept).any(|(hold, kept)| {
            let floor = hold.reservation.unwrap_or(0).min(hold.wants + hold.cache);
            *kept < hold.cache && hold.limit.is_none() && hold.wants + kept < floor
        });
        let above = holds
            .iter()
            .zip(&kept)
            .any(|(hold, kept)| *kept > 0 && hold.wants + kept > hold.reservation.unwrap_or(0));
        assert!(
            !(floors && above),
            "nobody goes below its floor while another is above: {holds:?} {kept:?}"
        );
    });
}
