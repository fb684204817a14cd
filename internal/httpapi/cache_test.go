package httpapi //nolint:testpackage // the cache is an inner part

import (
	"strconv"
	"testing"
)

func TestTheOldestAnswersGoFirst(t *testing.T) {
	t.Parallel()
	var c cache
	const size = 1 << 20
	for i := range 2 * cacheBytes / size {
		c.put(strconv.Itoa(i), kept{body: make([]byte, size)})
		if c.bytes > cacheBytes || len(c.order) != len(c.answers) {
			t.Fatalf("%d bytes, %d and %d answers", c.bytes, len(c.order), len(c.answers))
		}
	}
	if _, ok := c.get("0"); ok {
		t.Error("the oldest is kept")
	}
	if _, ok := c.get(strconv.Itoa(2*cacheBytes/size - 1)); !ok {
		t.Error("the newest is not kept")
	}
	c.put("large", kept{body: make([]byte, cacheEntryMost+1)})
	if _, ok := c.get("large"); ok {
		t.Error("one answer takes the room of many")
	}
}
