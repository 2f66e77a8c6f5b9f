// Package i18n says everything in the reader's language: catalogues of texts with named arguments and plurals, and
// dates, times, numbers, money, distances, lists and language names as each language writes them.
//
// What always holds:
//   - The five languages are en, fr, ro, vi and zh (Languages). A feature keeps its texts in a folder of its own,
//     locales/{en,fr,ro,vi,zh}.json, and embeds it. Keys are flat: "directory.open-until".
//   - A text names its arguments, {{.When}}. A text that counts has CLDR plural forms and the argument N, and may have
//     a form "=0" for none at all. Texts hold no other template code.
//   - A missing key or argument shows itself in ⟦ ⟧ and is counted (Bundle.Missing), so that a test can refuse it.
//   - A Printer is made for one request, costs nothing to make, and may be used by several goroutines.
//   - Plural rules come from go-i18n, pinned at 2.6.1: later versions give Vietnamese a form that browsers do not have.
//   - Spaces inside numbers, between a number and its unit, and before French double punctuation do not break. Number
//     and date methods see to it; catalogues write U+202F themselves, and i18ntest.Check looks.
package i18n
