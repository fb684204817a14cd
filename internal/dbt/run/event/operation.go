package event

// OperationFailed is a macro of run-operation that ended with an error.
type OperationFailed struct {
	Msg string `json:"exc"`
}

// Meta identifies the event.
func (OperationFailed) Meta() Meta { return Meta{"RunningOperationCaughtError", "Q001", Error} }

// Message gives the line.
func (e OperationFailed) Message(p Paint) string {
	return p.failure("Encountered an error while running operation: " + e.Msg)
}
