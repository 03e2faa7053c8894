//! The search: from each refusal on with each of its cures, the narrowest set first.

use super::{Edit, Fix, Move, Question, Spot, acl, groups, others, routes};
use crate::call::{CreateRoute, DeleteRoute, ReplaceRoute};
use crate::ids::RouteTableId;
use crate::network::{Network, Part, Trace};

/// Sets that are told at most.
const TOLD: usize = 5;
/// Cures that one set may be made of: a connection through a NAT gateway passes six ACLs.
const DEEPEST: usize = 8;
/// Sets that are tried further at most.
const TRIED: usize = 120;

/// A network that some moves led to.
struct State {
    network: Network,
    moves: Vec<Move>,
    width: u64,
}

pub(super) fn search(network: &Network, question: &Question) -> Vec<Fix> {
    let mut open = vec![State {
        network: network.clone(),
        moves: Vec::new(),
        width: 0,
    }];
    let mut found: Vec<Fix> = Vec::new();
    for _ in 0..TRIED {
        // of equal width the one that was found first: the list is in that order
        let next = open.iter().enumerate().min_by_key(|(_, it)| it.width);
        let Some(place) = next.map(|(place, _)| place) else {
            break;
        };
        let state = open.remove(place);
        let (trace, asked) = state.network.probe(&question.flow_in(&state.network));
        if trace.delivered() {
            if !state.moves.is_empty() {
                let fix = joined(needed(network, question, state.moves));
                if !found.iter().any(|other| other.edits == fix.edits) {
                    found.push(fix);
                }
            }
            if found.len() == TOLD {
                break;
            }
            continue;
        }
        let Some(hop) = trace.decided_by().filter(|_| state.moves.len() < DEEPEST) else {
            continue;
        };
        let spot = Spot {
            network: &state.network,
            question,
            trace: &trace,
            hop,
            asked: &asked,
        };
        let made: Vec<_> = state.moves.iter().flat_map(changed_routes).collect();
        for next in moves(&spot) {
            // what was led somewhere is not led elsewhere by the same cure
            if changed_routes(&next).iter().any(|it| made.contains(it)) {
                continue;
            }
            let Some(after) = state.network.with(&next.edits) else {
                continue;
            };
            let then = after.walk(&question.flow_in(&after));
            if !then.delivered() && !came_further(&trace, &then) {
                continue;
            }
            let mut moves = state.moves.clone();
            let width = state.width.saturating_add(next.width);
            moves.push(next);
            open.push(State {
                network: after,
                moves,
                width,
            });
        }
    }
    found.sort_by_key(|fix| fix.width);
    found
}

fn moves(at: &Spot<'_>) -> Vec<Move> {
    match &at.hop.part {
        Part::SecurityGroups(..) => groups::moves(at),
        Part::SubnetAcl { .. } => acl::moves(at),
        Part::RouteTable(..) => routes::moves(at),
        _ => others::moves(at),
    }
}

/// Whether something else stops it now, or the same further on.
fn came_further(was: &Trace, is: &Trace) -> bool {
    let by = |trace: &Trace| {
        let hop = trace.decided_by();
        hop.map(|hop| (hop.part.kind(), hop.part.id(), hop.phase, hop.direction))
    };
    is.hops.len() > was.hops.len() || is.code() != was.code() || by(was) != by(is)
}

/// The moves without those that are not needed once the others are made.
fn needed(network: &Network, question: &Question, mut moves: Vec<Move>) -> Vec<Move> {
    let mut place = 0;
    while moves.len() > 1 && place < moves.len() {
        let mut fewer = moves.clone();
        fewer.remove(place);
        let edits: Vec<Edit> = fewer.iter().flat_map(|it| it.edits.clone()).collect();
        let after = network.with(&edits);
        if after.is_some_and(|after| after.walk(&question.flow_in(&after)).delivered()) {
            moves = fewer;
            place = 0;
        } else {
            place += 1;
        }
    }
    moves
}

/// The routes that a move writes: each by its table and its destination.
fn changed_routes(of: &Move) -> Vec<(RouteTableId, Option<String>)> {
    let calls = of.edits.iter().filter_map(|edit| match edit {
        Edit::Call(call) => Some(call),
        Edit::RunAgain(_) => None,
    });
    macro_rules! written {
        ($call:ident, $input:ident) => {
            $call.input::<$input>().map(|it| {
                let ipv4 = it.destination_cidr_block.clone();
                let block = ipv4.or_else(|| it.destination_ipv6_cidr_block.clone());
                (it.route_table_id.clone(), block)
            })
        };
    }
    calls
        .filter_map(|call| {
            written!(call, CreateRoute)
                .or_else(|| written!(call, ReplaceRoute))
                .or_else(|| written!(call, DeleteRoute))
        })
        .collect()
}

fn joined(moves: Vec<Move>) -> Fix {
    let titles: Vec<String> = moves
        .iter()
        .enumerate()
        .map(|(place, it)| match place {
            0 => it.title.clone(),
            _ => lower(&it.title),
        })
        .collect();
    let title = match titles.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{}, and {last}", before.join(", ")),
    };
    let width = moves
        .iter()
        .fold(0_u64, |sum, it| sum.saturating_add(it.width));
    Fix {
        title,
        edits: moves.into_iter().flat_map(|it| it.edits).collect(),
        width,
    }
}

fn lower(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
