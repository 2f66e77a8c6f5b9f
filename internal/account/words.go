package account

import "embed"

// Locales are the words of this package, for the bundle: what is wrong with what was entered, and its letters.
//
//go:embed locales
var Locales embed.FS
