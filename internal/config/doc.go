// Package config reads what an installation is told about itself: defaults, then a TOML file, then PARVIS_*
// environment variables, each over the one before.
//
// What always holds:
//   - Every setting is a field of Config with its key, default and one line of help in its tags; a setting exists in
//     no other place. The environment's name is the key in capitals: mail.host is PARVIS_MAIL_HOST.
//   - A secret is a Secret: it never prints itself. It may stand in a file of its own, named by its key with _file
//     behind it (mail.password_file, PARVIS_MAIL_PASSWORD_FILE).
//   - Everything that is wrong is told at once, each with its file and line or variable, and what would be right.
//   - A key that does not exist is an error; an environment variable that does not exist is a warning, since an
//     environment is shared.
package config
