//! EFS: file systems and access points.

use super::{deleted, made};
use crate::call::{CreateAccessPoint, CreateFileSystem, DeleteAccessPoint, DeleteFileSystem};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{AccessPointId, FileSystemId};
use crate::network::{AccessPoint, FileSystem, Network};
use std::sync::Arc;

pub(super) fn file_system(
    network: &Network,
    id: &FileSystemId,
) -> Result<Arc<FileSystem>, ApiError> {
    let things = network.things();
    things.file_systems.get(id).cloned().ok_or_else(|| {
        ApiError::new(
            "FileSystemNotFound",
            format!("File system '{id}' does not exist."),
            "Name a file system of this scenario.",
        )
    })
}

/// `CreateFileSystem`.
pub(crate) fn create_file_system(
    network: &mut Network,
    input: &CreateFileSystem,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let token = &input.creation_token;
    let things = network.things();
    if let Some(same) = things
        .file_systems
        .values()
        .find(|it| it.creation_token == *token)
    {
        return Err(ApiError::new(
            "FileSystemAlreadyExists",
            format!(
                "File system '{}' already exists with creation token '{token}'",
                same.id
            ),
            "Give another CreationToken for another file system.",
        ));
    }
    for (place, tag) in (1..).zip(&input.tags) {
        for (member, text, longest) in [("key", &tag.key, 128), ("value", &tag.value, 256)] {
            if text.chars().count() > longest {
                return Err(ApiError::new(
                    "ValidationException",
                    format!(
                        "1 validation error detected: Value '{text}' at 'tags.{place}.member.{member}' failed to satisfy constraint: Member must have length less than or equal to {longest}"
                    ),
                    format!(
                        "Write at most {longest} characters; a name is the value of the tag Name."
                    ),
                ));
            }
        }
    }
    let id = FileSystemId::from(step.id("fs"));
    let name = input.tags.iter().find(|tag| tag.key == "Name");
    let name = name.map_or_else(String::new, |tag| tag.value.clone());
    let file_system = FileSystem {
        id: id.clone(),
        name: name.clone(),
        creation_token: token.clone(),
    };
    network.change_things(|things| things.file_systems.insert(id.clone(), file_system));
    Ok(made("File system", id.as_str(), name, step))
}

/// `DeleteFileSystem`: one without mount targets.
pub(crate) fn delete_file_system(
    network: &mut Network,
    input: &DeleteFileSystem,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.file_system_id;
    file_system(network, id)?;
    let things = network.things();
    if let Some(target) = things
        .mount_targets
        .values()
        .find(|it| it.file_system == *id)
    {
        return Err(ApiError::new(
            "FileSystemInUse",
            "Cannot delete a file system with mount targets.",
            format!("Delete {} first, and wait until it is gone.", target.id),
        ));
    }
    if let Some(point) = things
        .access_points
        .values()
        .find(|it| it.file_system == *id)
    {
        return Err(ApiError::new(
            "FileSystemInUse",
            "Cannot delete a file system with access points.",
            format!("Delete {} first.", point.id),
        ));
    }
    network.change_things(|things| things.file_systems.remove(id));
    Ok(deleted("File system", id.as_str(), step))
}

/// `CreateAccessPoint`.
pub(crate) fn create_access_point(
    network: &mut Network,
    input: &CreateAccessPoint,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let file_system = file_system(network, &input.file_system_id)?;
    let token = &input.client_token;
    let things = network.things();
    let mut points = things.access_points.values();
    if let Some(same) = points.find(|it| it.client_token == *token) {
        return Err(ApiError::new(
            "AccessPointAlreadyExists",
            format!(
                "Access point '{}' already exists with client token '{token}'",
                same.id
            ),
            "Give another ClientToken for another access point.",
        ));
    }
    let id = AccessPointId::from(step.id("fsap"));
    let point = AccessPoint {
        id: id.clone(),
        file_system: file_system.id.clone(),
        client_token: token.clone(),
    };
    network.change_things(|things| things.access_points.insert(id.clone(), point));
    let name = file_system.id.to_string();
    Ok(made("Access point", id.as_str(), name, step))
}

/// `DeleteAccessPoint`.
pub(crate) fn delete_access_point(
    network: &mut Network,
    input: &DeleteAccessPoint,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.access_point_id;
    let gone = network.change_things(|things| things.access_points.remove(id));
    if gone.is_none() {
        return Err(ApiError::new(
            "AccessPointNotFound",
            format!("Access point '{id}' does not exist."),
            "Name an access point of this scenario.",
        ));
    }
    Ok(deleted("Access point", id.as_str(), step))
}
