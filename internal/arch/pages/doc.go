// Package pages holds the rule that every page's template fits its struct. It stands beside arch, not in it, because it
// needs the whole program to build.
package pages
