// Package org holds what a territory is: its names and languages, its calendar, its outline and units, the authority's
// organisations and their teams, all read from the territory's pack.
//
// A pack is a folder that whoever runs a town hall's services can write (docs/develop/packs.md): territory.yaml,
// organisations.yaml, places.csv, services.csv, geo/outline.geojson, geo/units.csv, geo/units.geojson, geo/towns.csv and
// SOURCES.md, which says where its data comes from.
//
// What always holds:
//   - A pack is read whole or not at all. LoadPack gives every fault it finds in one go, each with its file, its line,
//     what is wrong and what would be right.
//   - Every text of a pack is there in every language that the territory offers.
//   - A field that nobody knows is a fault, never passed over: a slip in a name would else lose what it says.
//   - A loaded Territory is never changed, so it may be shared by every request.
//   - A calendar day is a day of the territory's own zone; no time of day hides in it.
package org
