package geo

import (
	"cmp"
	"math"
	"slices"
)

// Cluster is one or several points drawn as one mark.
type Cluster struct {
	X, Y    float64 // the middle of its points, in units of the picture
	Members []int   // where its points stand in the list given, in rising order
}

// Clusters joins points that would be drawn closer to each other than size units, so that no two marks are nearer than
// that; points outside of the picture are left out. Marks come with the most members first, then from north to south.
// The result does not depend on the order of the points, but for the numbers in Members. Size must be above 0.
func (p Projection) Clusters(points []Point, size float64) []Cluster {
	cells := map[[2]int]*Cluster{}
	for i, point := range points {
		x, y := p.XY(point)
		if !(x >= 0 && x <= p.Width && y >= 0 && y <= p.Height) {
			continue
		}
		at := [2]int{int(math.Floor(x / size)), int(math.Floor(y / size))}
		c := cells[at]
		if c == nil {
			c = &Cluster{}
			cells[at] = c
		}
		c.X, c.Y = c.X+x, c.Y+y
		c.Members = append(c.Members, i)
	}
	all := make([]Cluster, 0, len(cells))
	for _, c := range cells {
		n := float64(len(c.Members))
		// A thousandth of a unit is not seen, and hides in what order the sum was made.
		all = append(all, Cluster{X: math.Round(c.X/n*1e3) / 1e3, Y: math.Round(c.Y/n*1e3) / 1e3, Members: c.Members})
	}
	slices.SortFunc(all, byMembers)
	for {
		joined := join(all, size)
		if len(joined) == len(all) {
			return all
		}
		all = joined
	}
}

func byMembers(a, b Cluster) int {
	return cmp.Or(cmp.Compare(len(b.Members), len(a.Members)), cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X))
}

// join lets each mark, the fullest first, take the smaller ones that lie too near.
func join(all []Cluster, size float64) []Cluster {
	taken := make([]bool, len(all))
	var kept []Cluster
	for i, c := range all {
		if taken[i] {
			continue
		}
		own := float64(len(c.Members))
		x, y, n := c.X*own, c.Y*own, own
		members := c.Members
		for j := i + 1; j < len(all); j++ {
			if o := all[j]; !taken[j] && math.Hypot(o.X-c.X, o.Y-c.Y) < size {
				taken[j] = true
				m := float64(len(o.Members))
				x, y, n = x+o.X*m, y+o.Y*m, n+m
				members = append(slices.Clip(members), o.Members...)
			}
		}
		if n > own {
			slices.Sort(members)
			c = Cluster{X: math.Round(x/n*1e3) / 1e3, Y: math.Round(y/n*1e3) / 1e3, Members: members}
		}
		kept = append(kept, c)
	}
	slices.SortFunc(kept, byMembers)
	return kept
}
