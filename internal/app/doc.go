// Package app puts the house together: it opens the territories, gives each its rooms, mounts their pages under their
// host names, starts what runs beside them, and stops it all in order. It is the only package that knows all the others.
//
// What always holds: a territory has its own pack, its own store and its own rooms, and nothing here joins two of them; a
// territory that cannot be opened is told and left out, and the others serve; a data folder with a demo in it is opened
// as a demo only, and a demo never opens anything else.
package app
