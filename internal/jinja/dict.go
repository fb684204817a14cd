package jinja

import (
	"maps"
	"sync"
)

// Dict is Python's dict: it keeps the order of insertion, is shared by
// reference, and takes 1, 1.0 and True for the same key.
type Dict struct {
	entries []dictEntry
	index   map[any]int // hash to entry; nil while the dict is small
	live    int
	later   *later
}

// later makes the pairs of a dict that nobody may ever look into.
type later struct {
	once  sync.Once
	pairs func() *Dict
}

// dictEntry is one pair; a deleted entry has a nil hash and waits for compaction.
type dictEntry struct {
	hash any
	key  Value
	val  Value
}

// dictLinear is the number of entries up to which a scan beats a hash table.
const dictLinear = 32

// NewDict makes an empty dict.
func NewDict() *Dict { return &Dict{} }

// NewLaterDict makes a dict whose pairs are made when somebody first looks for them. Goroutines may share it as long as none
// changes it.
func NewLaterDict(pairs func() *Dict) *Dict { return &Dict{later: &later{pairs: pairs}} }

// ready makes pairs that are still to be made; whatever touches them calls it before.
func (d *Dict) ready() {
	if d.later != nil {
		d.makePairs()
	}
}

func (d *Dict) makePairs() {
	d.later.once.Do(func() {
		made := d.later.pairs()
		d.entries, d.index, d.live = made.entries, made.index, made.live
	})
}

// newDictSize makes an empty dict with room for n pairs.
func newDictSize(n int) *Dict {
	return &Dict{entries: make([]dictEntry, 0, n)}
}

// Len gives the number of pairs.
func (d *Dict) Len() int {
	d.ready()
	return d.live
}

// find gives the entry that holds hash, or -1.
func (d *Dict) find(hash any) int {
	d.ready()
	if d.index != nil {
		if i, ok := d.index[hash]; ok {
			return i
		}
		return -1
	}
	for i := range d.entries {
		if d.entries[i].hash == hash {
			return i
		}
	}
	return -1
}

// findStr is find for a string key without boxing it in small dicts.
func (d *Dict) findStr(key string) int {
	d.ready()
	if d.index != nil {
		if i, ok := d.index[key]; ok {
			return i
		}
		return -1
	}
	for i := range d.entries {
		if s, ok := d.entries[i].hash.(string); ok && s == key {
			return i
		}
	}
	return -1
}

// Get gives the value of key. It fails on a key that has no hash, such as a list.
func (d *Dict) Get(key Value) (Value, bool, error) {
	hash, err := hashKey(key)
	if err != nil {
		return nil, false, err
	}
	if i := d.find(hash); i >= 0 {
		return d.entries[i].val, true, nil
	}
	return nil, false, nil
}

// GetStr gives the value of a string key.
func (d *Dict) GetStr(key string) (Value, bool) {
	if i := d.findStr(key); i >= 0 {
		return d.entries[i].val, true
	}
	return nil, false
}

// Set stores val under key, in place when the key is there already. It fails on
// a key that has no hash.
func (d *Dict) Set(key, val Value) error {
	hash, err := hashKey(key)
	if err != nil {
		return err
	}
	d.put(hash, key, val)
	return nil
}

// SetStr stores val under a string key.
func (d *Dict) SetStr(key string, val Value) {
	if i := d.findStr(key); i >= 0 {
		d.entries[i].val = val
		return
	}
	boxed := any(key)
	d.add(boxed, boxed, val)
}

func (d *Dict) put(hash any, key, val Value) {
	if i := d.find(hash); i >= 0 {
		d.entries[i].val = val
		return
	}
	d.add(hash, key, val)
}

func (d *Dict) add(hash any, key, val Value) {
	d.entries = append(d.entries, dictEntry{hash: hash, key: key, val: val})
	d.live++
	switch {
	case d.index != nil:
		d.index[hash] = len(d.entries) - 1
	case len(d.entries) > dictLinear:
		d.reindex()
	}
}

func (d *Dict) reindex() {
	d.index = make(map[any]int, 2*len(d.entries))
	for i := range d.entries {
		if d.entries[i].hash != nil {
			d.index[d.entries[i].hash] = i
		}
	}
}

// Delete removes key and says whether it was there.
func (d *Dict) Delete(key Value) (Value, bool, error) {
	hash, err := hashKey(key)
	if err != nil {
		return nil, false, err
	}
	i := d.find(hash)
	if i < 0 {
		return nil, false, nil
	}
	val := d.entries[i].val
	d.remove(i)
	return val, true, nil
}

// remove drops entry i, and closes the gaps once they are half of the entries.
func (d *Dict) remove(i int) {
	if d.index != nil {
		delete(d.index, d.entries[i].hash)
	}
	d.entries[i] = dictEntry{}
	d.live--
	if i == len(d.entries)-1 {
		d.entries = d.entries[:i]
	}
	if len(d.entries) < 2*d.live || len(d.entries) < 2 {
		return
	}
	kept := d.entries[:0]
	for _, e := range d.entries {
		if e.hash != nil {
			kept = append(kept, e)
		}
	}
	clear(d.entries[len(kept):])
	d.entries = kept
	d.index = nil
	if len(kept) > dictLinear {
		d.reindex()
	}
}

// Clear removes all pairs.
func (d *Dict) Clear() {
	d.ready()
	d.entries, d.index, d.live = nil, nil, 0
}

// Keys gives the keys in order.
func (d *Dict) Keys() []Value {
	d.ready()
	out := make([]Value, 0, d.live)
	for i := range d.entries {
		if d.entries[i].hash != nil {
			out = append(out, d.entries[i].key)
		}
	}
	return out
}

// Values gives the values in the order of the keys.
func (d *Dict) Values() []Value {
	d.ready()
	out := make([]Value, 0, d.live)
	for i := range d.entries {
		if d.entries[i].hash != nil {
			out = append(out, d.entries[i].val)
		}
	}
	return out
}

// All ranges over the pairs in order. The dict must not grow meanwhile.
func (d *Dict) All() func(yield func(key, val Value) bool) {
	return func(yield func(key, val Value) bool) {
		d.ready()
		for i := range d.entries {
			if e := &d.entries[i]; e.hash != nil && !yield(e.key, e.val) {
				return
			}
		}
	}
}

// Copy gives a dict with the same pairs.
func (d *Dict) Copy() *Dict {
	d.ready()
	out := newDictSize(d.live)
	for i := range d.entries {
		if e := d.entries[i]; e.hash != nil {
			out.entries = append(out.entries, e)
		}
	}
	out.live = len(out.entries)
	switch {
	case out.live <= dictLinear:
	case out.live == len(d.entries):
		out.index = maps.Clone(d.index) // nothing moved
	default:
		out.reindex()
	}
	return out
}

// Update stores every pair of other.
func (d *Dict) Update(other *Dict) {
	other.ready()
	for i := range other.entries {
		if e := other.entries[i]; e.hash != nil {
			d.put(e.hash, e.key, e.val)
		}
	}
}
