package jinja

// Set is Python's set, in the order of insertion.
type Set struct {
	d Dict
}

// NewSet makes a set of items. It fails on an item that has no hash.
func NewSet(items ...Value) (*Set, error) {
	s := &Set{}
	for _, it := range items {
		if err := s.Add(it); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Add puts v in the set. It fails on a value that has no hash.
func (s *Set) Add(v Value) error {
	hash, err := hashKey(v)
	if err != nil {
		return err
	}
	if s.d.find(hash) < 0 {
		s.d.add(hash, v, nil)
	}
	return nil
}

// Has says whether v is in the set.
func (s *Set) Has(v Value) (bool, error) {
	_, ok, err := s.d.Get(v)
	return ok, err
}

// Remove takes v out and says whether it was there.
func (s *Set) Remove(v Value) (bool, error) {
	_, ok, err := s.d.Delete(v)
	return ok, err
}

// Len gives the number of items.
func (s *Set) Len() int { return s.d.Len() }

// Items gives the items in order of insertion.
func (s *Set) Items() []Value { return s.d.Keys() }
