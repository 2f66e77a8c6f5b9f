// Package ui is how Parvis looks: the layout that every page stands in, and the components that pages are made of.
//
// A page is a struct that embeds Page, and one template file that defines "main". Parse ties the two together and keeps
// them in a registry, so that one test checks every template against its struct. A component is a struct of plain values
// with an HTML method, an example in Examples and a golden file in testdata; the gallery shows them all.
//
// What always holds: nothing here reads the request or the clock; no inline style or script; a pictogram is decoration
// and never the only carrier of a meaning; every component works without scripts.
package ui
