package hours

import "sync"

// Cache remembers what it read, because many places keep the same hours: it saves time and memory. The zero value is
// ready and may be used by several goroutines.
type Cache struct {
	mu   sync.RWMutex
	seen map[string]Schedule
}

// cacheLimit is how many texts are remembered before all are forgotten.
const cacheLimit = 20_000

// Parse is the function Parse. Texts that cannot be read are not remembered.
func (c *Cache) Parse(text string) (Schedule, error) {
	c.mu.RLock()
	s, ok := c.seen[text]
	c.mu.RUnlock()
	if ok {
		return s, nil
	}
	s, err := Parse(text)
	if err != nil {
		return s, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil || len(c.seen) >= cacheLimit {
		c.seen = map[string]Schedule{}
	}
	c.seen[text] = s
	return s, nil
}
