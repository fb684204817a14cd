package jinja

// UndefinedMode says how strict a rendering is with names that are not there.
type UndefinedMode uint8

// The modes.
const (
	// Lenient is Jinja's default: an undefined value prints empty, loops over
	// nothing and is false; its attributes, items, calls and sums are errors.
	Lenient UndefinedMode = iota
	// Silent raises nothing: attributes, items, calls and sums of an undefined
	// value are undefined. It is for a first pass that only records what is used.
	Silent
	// Strict makes an unknown global name an error once it is printed, called or
	// asked for an attribute. Testing it, giving it a default and passing it on
	// work. Missing macro parameters and dict keys stay as in Lenient.
	Strict
)

// Undefined is the value of what is not there.
type Undefined struct {
	name  string // the name asked for; without quotes
	owner string // what was asked, as in "dict object"; empty for a plain name
	hint  string // a whole message that replaces the usual one
	item  bool   // name is the repr of a key, not an attribute
	mode  UndefinedMode
}

// NewUndefined makes a lenient undefined value for a plain name.
func NewUndefined(name string) *Undefined { return &Undefined{name: name} }

// Name gives the name that was not found.
func (u *Undefined) Name() string { return u.name }

// Message says what is missing, as Jinja does: "'x' is undefined".
func (u *Undefined) Message() string {
	switch {
	case u.hint != "":
		return u.hint
	case u.owner == "":
		return "'" + u.name + "' is undefined"
	case u.item:
		return u.owner + " has no element " + u.name
	default:
		return "'" + u.owner + "' has no attribute '" + u.name + "'"
	}
}

// fail gives the error of using the value, or none in silent mode.
func (u *Undefined) fail() error {
	if u.mode == Silent {
		return nil
	}
	return undefinedErrorf("%s", u.Message())
}

// use gives the value itself where using it is no error.
func (u *Undefined) use() (Value, error) {
	if err := u.fail(); err != nil {
		return nil, err
	}
	return u, nil
}

// failPrint gives the error of printing the value: only strict ones have it.
func (u *Undefined) failPrint() error {
	if u.mode != Strict {
		return nil
	}
	return undefinedErrorf("%s", u.Message())
}

// ownerOf gives the phrase Jinja uses for an object in undefined messages.
func ownerOf(v Value) string {
	if v == nil {
		return "None"
	}
	return TypeName(v) + " object"
}
