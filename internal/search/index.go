package search

// Index holds the documents and answers queries.
type Index struct{}

// New returns an empty index.
func New() *Index { return &Index{} }

// Put adds documents, or replaces those of the same ID.
func (x *Index) Put(docs ...Doc) {}

// Remove takes documents out. An unknown id is no fault.
func (x *Index) Remove(ids ...string) {}

// Len is the number of documents.
func (x *Index) Len() int { return 0 }

// Search answers a query.
func (x *Index) Search(q Query) Result { return Result{} }

// Suggest completes what somebody is typing with words and names, the likeliest first, at most n.
func (x *Index) Suggest(prefix string, n int) []string { return nil }
