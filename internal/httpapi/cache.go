package httpapi

import "sync"

// Bounds of the answers that are kept.
const (
	cacheBytes     = 64 << 20
	cacheEntryMost = 4 << 20
)

// cache keeps answers by their entity tags, for all who may see the same: a dashboard
// that is opened by many is computed once for each data version. The oldest go first.
type cache struct {
	mu      sync.Mutex
	answers map[string]kept
	order   []string
	bytes   int
}

// kept is an answer as it is written.
type kept struct {
	body        []byte
	contentType string
	disposition string
	// more are headers that say how a table goes on.
	more map[string]string
}

func (c *cache) get(tag string) (kept, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.answers[tag]
	return k, ok
}

func (c *cache) put(tag string, k kept) {
	if len(k.body) > cacheEntryMost {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.answers[tag]; ok {
		return
	}
	if c.answers == nil {
		c.answers = map[string]kept{}
	}
	c.answers[tag] = k
	c.order = append(c.order, tag)
	c.bytes += len(k.body)
	for c.bytes > cacheBytes {
		c.bytes -= len(c.answers[c.order[0]].body)
		delete(c.answers, c.order[0])
		c.order = c.order[1:]
	}
}
