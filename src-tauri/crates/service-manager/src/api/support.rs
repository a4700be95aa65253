//! What is handed to whoever helps: a bundle of files without secrets, and a summary for the telephone.

use super::{wire, words};
use serde::Deserialize;

words! {
    /// What kind of thing was taken out.
    pub enum RedactionKind {
        /// A value known from the package: a secret of `.env`, of an env file, of the compose file.
        KnownSecret = "known-secret",
        /// Another value of an environment variable.
        Value = "value",
        /// What stands behind a name that promises a secret.
        NamedSecret = "named-secret",
        /// A password in an address.
        UrlPassword = "url-password",
        AuthHeader = "auth-header",
        Cookie = "cookie",
        /// A token that can be read by its own form: JWT.
        Jwt = "jwt",
        /// A key of a cloud or another service, known by its form.
        ServiceKey = "service-key",
        PrivateKey = "private-key",
        SshKey = "ssh-key",
        PasswordHash = "password-hash",
        Email = "email",
        UserName = "user-name",
        HostName = "host-name",
        IpAddress = "ip-address",
        CardNumber = "card-number",
    }
}

wire! {
    /// A support bundle, prepared or written.
    pub struct SupportBundle {
        /// Where it was written; null while it is only shown.
        pub file: Option<String>,
        /// Of the zip when it is written, of its files together before.
        pub bytes: u64,
        pub files: Vec<BundleFile>,
        pub report: RedactionReport,
        /// What could not be had.
        pub gaps: Vec<BundleGap>,
    }

    /// One file of a bundle.
    pub struct BundleFile {
        pub name: String,
        pub bytes: u64,
        /// How many places were replaced.
        pub redacted: u32,
    }

    /// Something a bundle lacks, and why; in the words of whoever refused.
    pub struct BundleGap {
        pub what: String,
        pub why: String,
    }

    /// What was taken out; never what it was.
    pub struct RedactionReport {
        pub kinds: Vec<RedactionCount>,
        pub files: Vec<FileRedactions>,
        /// Secrets too short or too ordinary (`root`) to be replaced everywhere: only where a name says what they are.
        pub only_where_named: u32,
        /// Host names and addresses of the network were taken out too.
        pub host_names: bool,
    }

    /// How often a kind was found.
    pub struct RedactionCount {
        pub kind: RedactionKind,
        pub count: u32,
    }

    /// What was found in one file.
    pub struct FileRedactions {
        pub name: String,
        pub kinds: Vec<RedactionCount>,
    }

    /// The content of one file of the prepared bundle.
    pub struct BundleContent {
        pub name: String,
        pub text: String,
    }

    /// At most thirty lines that can be read out on the telephone.
    pub struct SupportSummary {
        pub text: String,
    }
}

/// What to prepare.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SupportRequest {
    /// The package; null is the one that is open.
    #[serde(default)]
    pub package: Option<String>,
    /// Host names and addresses stay readable.
    #[serde(default)]
    pub include_host_names: bool,
}

/// Which file of the prepared bundle.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct BundleFileRequest {
    /// As in `files[].name`.
    pub name: String,
}
