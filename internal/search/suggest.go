package search

// Suggest completes what somebody is typing with words and names, the likeliest first, at most n.
func (x *Index) Suggest(prefix string, n int) []string { return nil }
