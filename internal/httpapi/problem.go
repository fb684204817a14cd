package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/kith-analytics/kith/internal/fault"
)

// Problem is an error as RFC 9457 has it.
type Problem struct { //nolint:errname // the RFC's word {
	Type   string `doc:"a name for the kind of problem" json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `doc:"what is wrong"                  json:"detail"`
	Hint   string `doc:"what to do about it"            json:"hint,omitempty"`
	Code   string `doc:"stable, for programs"           json:"code"`
	// Place is in the project's files.
	Place     string `doc:"file:line in the project"       json:"place,omitempty"`
	RequestID string `doc:"to find the request in the log" json:"request_id"`
}

// Error gives the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus gives the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of problems, whatever was asked for.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// statusOf is the one table from fault codes to HTTP.
func statusOf(code fault.Code) int {
	switch code {
	case fault.Usage, fault.Invalid:
		return http.StatusBadRequest
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Held:
		return http.StatusConflict
	case fault.Denied:
		return http.StatusUnauthorized
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Cancelled, fault.Unavailable, fault.Disk, fault.Parse, fault.Compile:
		// The project's files have to be corrected: it is not the question that is wrong.
		return http.StatusServiceUnavailable
	case fault.Database, fault.Internal:
		return http.StatusInternalServerError
	}
	return http.StatusInternalServerError
}

// problem makes an error one that can be shown. What is no fault, or a defect, is
// told by its request id only: its text is in the log.
func problem(ctx context.Context, err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	f, ok := errors.AsType[*fault.Error](err)
	code := fault.CodeOf(err)
	status := statusOf(code)
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: string(code), RequestID: requestID(ctx)}
	if !ok || code == fault.Internal || code == fault.Database {
		p.Detail = "the server could not answer this; its log says why"
		p.Hint = "look for the request id in the log of kith serve"
		return p
	}
	p.Detail, p.Hint, p.Place = f.Message, f.Hint, f.Place()
	return p
}

// writeProblem answers with a problem outside of an operation.
func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problem(r.Context(), err)
	body, marshalErr := json.Marshal(p)
	if marshalErr != nil {
		http.Error(w, p.Title, p.Status)
		return
	}
	w.Header().Set("Content-Type", p.ContentType(""))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // the reader may be gone
}
