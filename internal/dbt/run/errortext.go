package run

// ErrorText is the message of an error that belongs to no node: its kind, then
// the place, the error and the macros that led to it.
func ErrorText(err error) string {
	return errorKind(err) + "\n" + indent(errorBody(err), "  ")
}
