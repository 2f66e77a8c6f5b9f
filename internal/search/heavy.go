package search

type heavy struct{}

func (h *heavy) settle(d *dictionary, docs int)                          {}
func (h *heavy) change(d *dictionary, doc uint32, before, after []owned) {}
