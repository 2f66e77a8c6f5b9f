// Package geo knows where things are: points, distances, outlines of territories, a gazetteer that forgives spelling,
// and the projection that draws small maps on the server. It alone touches the orb library.
//
// Degrees are WGS 84, latitude first in our own types and names (GeoJSON puts longitude first; only the reader of
// GeoJSON deals with that). Distances are metres on a sphere of 6,371,008.8 m radius (IUGG mean radius), which is within
// 0.6 % of the ellipsoid. Boxes and outlines do not cross the antimeridian: no territory served does.
package geo
