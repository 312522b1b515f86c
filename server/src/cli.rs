//! The command line: what can be asked of `shelfshare`, and nothing about how it is done.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(
    name = "shelfshare",
    version,
    about = "A network of independent stores that sell each other's products."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Brings the database up to date and answers requests until told to stop.
    Serve,
    /// Brings the database up to date.
    Migrate,
    /// Fills an empty database with stores, products, offers and eight weeks of orders.
    Demo,
    /// Checks every rule that must always hold in the books, and says what does not.
    Verify,
    /// Writes the whole market into one file, while it is open.
    Backup {
        /// The file to write. Keep it safe: it holds what the database holds.
        file: PathBuf,
        /// Replace a file that is there.
        #[arg(long)]
        force: bool,
    },
    /// Fills an empty database and the folder of pictures from a backup.
    Restore {
        /// A file that `backup` has written.
        file: PathBuf,
    },
    /// Moves the market from SQLite to an empty PostgreSQL database. Nobody can write to it meanwhile.
    Move {
        /// The database to move to, as `database_url` names it. A password can be given as PGPASSWORD instead.
        to: String,
    },
    /// Gives a store new tokens.
    Grant {
        /// The store's part of its web address.
        store: String,
        /// How many tokens, like `250` or `12.50`.
        amount: String,
        /// Why; kept in the ledger.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Takes tokens out of a store's wallet and out of the world.
    Burn {
        /// The store's part of its web address.
        store: String,
        /// How many tokens, like `250` or `12.50`.
        amount: String,
        /// Why; kept in the ledger.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Keeps an account from acting and takes its store's things from sale, until it is reinstated.
    Suspend {
        /// An e-mail address, or a store's part of its web address.
        who: String,
    },
    /// Takes a suspension back.
    Reinstate {
        /// An e-mail address, or a store's part of its web address.
        who: String,
    },
    /// Makes an account one of those that run the market.
    Appoint {
        /// An e-mail address, or a store's part of its web address.
        who: String,
    },
    /// Makes an account that runs the market an ordinary one again.
    Dismiss {
        /// An e-mail address, or a store's part of its web address.
        who: String,
    },
    /// Reads a shop's product page and shows what an import would find: JSON, or a card on a terminal.
    Extract(ExtractArguments),
    /// Prints every setting as a markdown table.
    Settings {
        /// Print the values in effect and where each comes from instead; passwords are hidden.
        #[arg(long)]
        check: bool,
    },
}

#[derive(Debug, Args)]
pub struct ExtractArguments {
    /// A link, or a saved page (`.html`, `.html.gz`).
    #[arg(required_unless_present = "batch")]
    pub page: Option<String>,
    /// Where a saved page was found.
    #[arg(long)]
    pub url: Option<String>,
    /// Read JSON lines `{"id", "url", "path"}` of saved pages from standard input, and write a JSON line for each.
    /// Nothing is fetched.
    #[arg(long, conflicts_with_all = ["page", "url"])]
    pub batch: bool,
}
