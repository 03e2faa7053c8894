//! The page of Fargate Playground: the only room that knows the browser.
//!
//! Calls go in by [`commands::Commands`]; cards come out by [`projector::Projected`]; no component holds the session.
#![expect(
    clippy::large_types_passed_by_value,
    reason = "handles of signals are copied by design; without debug assertions each signal is one word"
)]

pub mod account;
pub mod annex;
pub mod announcer;
pub mod app;
pub mod browser;
pub mod canvas;
pub mod commands;
pub mod definition;
pub mod dialogs;
pub mod drawer;
pub mod editor;
pub mod failure;
pub mod first_visit;
mod gather;
pub mod icons;
pub mod images;
pub mod inspector;
pub mod markup;
pub mod measure;
pub mod network;
pub mod permissions;
pub mod popover;
pub mod preferences;
pub mod projector;
pub mod refusal;
pub mod rooms;
pub mod run_form;
pub mod selection;
pub mod services;
pub mod shell;
pub mod signals;
pub mod simulation;
pub mod storage;
pub mod stores;
pub mod tabs;
pub mod theme;
pub mod toast;
pub mod topbar;
pub mod ui;
pub mod words;
pub mod workbench;
