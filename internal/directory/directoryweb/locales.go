package directoryweb

import "embed"

// Locales are the words of the directory, its vocabularies included, for the bundle.
//
//go:embed locales
var Locales embed.FS
