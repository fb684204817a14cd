package run

import (
	"errors"
	"fmt"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// Summarize tells how the run ended: what failed, what warned, the counts.
// Nodes that were skipped because of others are counted, not told again.
func (r *Report) Summarize(sink event.Sink) {
	var failed, warned []*Result
	partial := 0
	for i := range r.Results {
		switch res := &r.Results[i]; res.Status {
		case artifact.Error, artifact.Fail, artifact.RuntimeError:
			failed = append(failed, res)
		case artifact.Warn:
			warned = append(warned, res)
		case artifact.PartialSuccess:
			partial++
		case artifact.Success, artifact.Pass, artifact.Skipped, artifact.NoOp:
		}
	}
	sink.Emit(event.Blank{})
	sink.Emit(event.Completed{Errors: len(failed), Warnings: len(warned), Partial: partial, Interrupted: r.Interrupted})
	for _, res := range failed {
		problem(sink, res, false)
	}
	for _, res := range warned {
		problem(sink, res, true)
	}
	sink.Emit(event.Blank{})
	sink.Emit(event.Done{Stats: tally(r.Results)})
}

func problem(sink event.Sink, r *Result, warning bool) {
	info := event.Node{UniqueID: r.UniqueID, Name: r.Name(), ResourceType: string(r.ResourceType()), Status: string(r.Status)}
	sink.Emit(event.Blank{})
	sink.Emit(event.Problem{
		ResourceType: string(r.ResourceType()), Name: r.Name(), Path: r.File(), Warning: warning, Node: info,
	})
	if r.Message != "" {
		sink.Emit(event.ProblemText{Msg: r.Message, Warning: warning, Node: info})
	} else {
		sink.Emit(event.ProblemStatus{Status: string(r.Status), Node: info})
	}
	if p, ok := errors.AsType[*panicError](r.Err); ok {
		sink.Emit(event.Text{Lvl: event.Debug, Msg: string(p.stack)})
	}
	if r.CompiledPath != "" {
		sink.Emit(event.Blank{})
		sink.Emit(event.CompiledPath{Path: r.CompiledPath, Node: info})
	}
	if r.Node != nil && r.Node.ResourceType == manifest.Test && r.Node.Config.StoreFailures() && r.Status != artifact.Error {
		sink.Emit(event.Blank{})
		sink.Emit(event.StoredFailures{Relation: r.RelationName, Node: info})
	}
}

// errorText is the message of a node's result: what kind of error in which node,
// then the place, the error and the macros that led to it.
func errorText(n *manifest.Node, err error) string {
	return fmt.Sprintf("%s in %s %s (%s)\n%s", errorKind(err), n.ResourceType, n.Name, n.OriginalFilePath, indent(errorBody(err), "  "))
}

func errorKind(err error) string {
	switch fault.CodeOf(err) {
	case fault.Parse:
		return "Parsing Error"
	case fault.Compile:
		return "Compilation Error"
	case fault.Database:
		return "Database Error"
	case fault.Internal:
		return "Internal Error"
	default:
		return "Runtime Error"
	}
}

// errorBody gives "file:line: message", the hint and the macro stack, a line each.
func errorBody(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err.Error()
	}
	var b strings.Builder
	if place := f.Place(); place != "" {
		b.WriteString(place + ": ")
	}
	b.WriteString(f.Message)
	if f.Hint != "" {
		b.WriteString("\n" + f.Hint)
	}
	for _, frame := range f.Stack {
		fmt.Fprintf(&b, "\n> in macro %s", frame)
	}
	return b.String()
}

// indent puts prefix before every line.
func indent(text, prefix string) string {
	return prefix + strings.ReplaceAll(text, "\n", "\n"+prefix)
}
