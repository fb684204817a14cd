package run

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/fault"
)

// The tags by which operations are hooks.
const (
	onRunStart = "on-run-start"
	onRunEnd   = "on-run-end"
)

// hooks runs the operations with a tag, one after the other; after one fails the
// others are skipped. It says whether all went well.
func (s *scheduler) hooks(ctx context.Context, tag string) (bool, error) {
	list := hooksOf(s.Manifest, tag)
	if len(list) == 0 {
		return true, nil
	}
	var with HookContext
	if tag == onRunEnd {
		with = s.hookContext()
		s.Events.Emit(event.Blank{})
	}
	executor, err := s.Open(ctx)
	if err != nil {
		return false, err
	}
	well := true
	for i, h := range list {
		r := s.hook(ctx, executor, hookRun{node: h, tag: tag, index: i + 1, total: len(list), skip: !well}, with)
		well = well && r.Status == artifact.Success
		s.results = append(s.results, r)
	}
	if err := executor.Close(); err != nil {
		s.Events.Emit(event.Text{Lvl: event.Debug, Msg: "the session of the hooks could not be given back: " + err.Error()})
	}
	if tag == onRunStart {
		s.Events.Emit(event.Blank{})
	}
	return well, nil
}

// hookRun is one hook in its list.
type hookRun struct {
	node  *manifest.Node
	tag   string
	index int // from 1
	total int
	skip  bool
}

func (s *scheduler) hook(ctx context.Context, x Executor, h hookRun, with HookContext) Result {
	name := fmt.Sprintf("%s.%s.%d", h.node.Package, h.tag, h.index-1)
	d := describe(h.node, s.Database)
	r := Result{Node: h.node, RunResult: artifact.RunResult{UniqueID: h.node.UniqueID, ThreadID: "main"}}
	failures := 1
	r.Failures = &failures
	r.Compiled = new(bool)
	if h.skip {
		r.Status, r.Message = artifact.Skipped, name+" skipped"
	} else {
		r.started = s.Now()
		s.Events.Emit(event.HookStart{Statement: name, Index: h.index, Total: h.total, Node: d.ended(&r)})
		out, err := guarded(func() (Outcome, error) { return x.RunHook(ctx, h.node, with) })
		r.ExecutionTime = s.Now().Sub(r.started)
		r.Timing, r.Compiled, r.CompiledCode, r.CompiledPath = out.Timing, out.Compiled, out.CompiledCode, out.CompiledPath
		if err == nil {
			failures = 0
			r.Status, r.Message = artifact.Success, name+" passed"
		} else {
			if ctx.Err() != nil && !fault.Is(err, fault.Cancelled) {
				err = fault.Wrap(err, fault.Cancelled, "cancelled")
			}
			r.Status, r.Err = artifact.Error, err
			r.Message = name + " failed, error:\n" + indent(errorBody(err), " ")
		}
	}
	s.Events.Emit(event.HookDone{
		Statement: name, Status: string(r.Status), Index: h.index, Total: h.total, Took: event.Seconds(r.ExecutionTime), Node: d.ended(&r),
	})
	return r
}

// hooksOf gives the operations with a tag: those of packages first, by name, the
// project's own last; within one in the order they are written.
func hooksOf(m *manifest.Manifest, tag string) []*manifest.Node {
	var list []*manifest.Node
	for _, n := range m.Nodes {
		if n.ResourceType == manifest.Operation && slices.Contains(n.Tags, tag) {
			list = append(list, n)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if a.Package != b.Package {
			if a.Package == m.ProjectName || b.Package == m.ProjectName {
				return b.Package == m.ProjectName
			}
			return a.Package < b.Package
		}
		return hookNumber(a.Name) < hookNumber(b.Name)
	})
	return list
}

// hookNumber reads the place of a hook from its name: shop-on-run-start-2.
func hookNumber(name string) int {
	n, err := strconv.Atoi(name[strings.LastIndexByte(name, '-')+1:])
	if err != nil {
		return 0
	}
	return n
}

// hookContext gathers what on-run-end hooks may ask for.
func (s *scheduler) hookContext() HookContext {
	var with HookContext
	schemas := map[string]bool{}
	pairs := map[DatabaseSchema]bool{}
	for i := range s.results {
		r := &s.results[i]
		if r.Node != nil && r.Node.ResourceType == manifest.Operation && r.Status != artifact.Error {
			continue
		}
		with.Results = append(with.Results, *r)
		if r.Node == nil || !r.Node.Relational() || r.Status == artifact.Error || r.Status == artifact.Fail || r.Status == artifact.Skipped {
			continue
		}
		schemas[r.Node.Schema] = true
		pairs[DatabaseSchema{r.Node.Database, r.Node.Schema}] = true
	}
	for name := range schemas {
		with.Schemas = append(with.Schemas, name)
	}
	sort.Strings(with.Schemas)
	for pair := range pairs {
		with.DatabaseSchemas = append(with.DatabaseSchemas, pair)
	}
	sort.Slice(with.DatabaseSchemas, func(i, j int) bool {
		a, b := with.DatabaseSchemas[i], with.DatabaseSchemas[j]
		return a.Database < b.Database || a.Database == b.Database && a.Schema < b.Schema
	})
	return with
}
