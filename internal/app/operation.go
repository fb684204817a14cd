package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/kith-analytics/kith/internal/dbt/adapter"
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
	"github.com/kith-analytics/kith/internal/dbt/yamlvalue"
	"github.com/kith-analytics/kith/internal/fault"
	"github.com/kith-analytics/kith/internal/jinja"
)

// RunOperation calls a macro, named NAME or PACKAGE.NAME, with arguments from a
// YAML mapping. As in dbt, what a statement block does in a transaction lasts
// only when the macro commits; run_query needs no commit. It says whether the
// macro ended well.
func (a *App) RunOperation(ctx context.Context, name, args string) (bool, error) {
	l, err := a.parsed(ctx)
	if err != nil {
		return false, err
	}
	a.emit(event.Found{Stats: run.Found(l.manifest)})
	macro, err := findMacro(l, name)
	if err != nil {
		return false, err
	}
	if a.cfg.Flags.Args != nil {
		a.cfg.Flags.Args["macro"] = name // a retry calls it again
	}
	values, err := operationArgs(args)
	if err != nil {
		return false, err
	}
	result := artifact.RunResult{UniqueID: macro.UniqueID, ThreadID: "MainThread", Status: artifact.Success, Failures: new(int), Compiled: new(bool)}
	began := a.cfg.Now()
	result.Timing = []artifact.Timing{{Name: "compile", StartedAt: a.started.UTC(), CompletedAt: began.UTC()}}
	err = a.operate(ctx, l, macro, values)
	ended := a.cfg.Now()
	result.Timing = append(result.Timing, artifact.Timing{Name: "execute", StartedAt: began.UTC(), CompletedAt: ended.UTC()})
	result.ExecutionTime = max(ended.Sub(began), time.Duration(0))
	if err != nil {
		*result.Failures = 1
		result.Status, result.Message = artifact.Error, run.ErrorText(err)
		a.emit(event.OperationFailed{Msg: result.Message})
	}
	report := &run.Report{Results: []run.Result{{RunResult: result}}, Elapsed: result.ExecutionTime}
	return err == nil, a.writeArtifacts(l, report)
}

// operate calls the macro on the write lane.
func (a *App) operate(ctx context.Context, l *loaded, macro *manifest.Macro, args jinja.Args) (err error) {
	lanes, err := a.open(ctx, l.target)
	if err != nil {
		return err
	}
	lane, err := lanes.Write(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lane.Release()) }()
	w := &workshop{app: a, l: l, lane: lane, cache: adapter.NewCache()}
	x, err := w.executor(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.adapter.Rollback(context.WithoutCancel(ctx)), x.Close()) }()
	node := &manifest.Node{
		UniqueID: macro.UniqueID, Name: macro.Name, ResourceType: manifest.Operation, Package: macro.Package, Path: macro.Path,
		OriginalFilePath: macro.OriginalFilePath, RootPath: l.root, Config: manifest.NewConfig(jinja.NewDict()),
	}
	_, err = x.env.Open(ctx, node, x.adapter).CallMacro(macro, args)
	return err
}

// findMacro finds NAME or PACKAGE.NAME.
func findMacro(l *loaded, name string) (*manifest.Macro, error) {
	pkg, short, named := strings.Cut(name, ".")
	var macro *manifest.Macro
	if named {
		macro = l.env.Library.In(pkg, short)
	} else {
		macro = l.env.Library.Find(l.project.Name, name)
		for _, other := range l.project.PackageNames() {
			if macro == nil {
				macro = l.env.Library.In(other, name)
			}
		}
	}
	if macro != nil {
		return macro, nil
	}
	return nil, fault.New(fault.Usage, "there is no macro %q in any package", name).
		WithHint("check the name, and `kith deps` where it comes from a package")
}

// operationArgs reads --args.
func operationArgs(text string) (jinja.Args, error) {
	var out jinja.Args
	node, err := yamlvalue.Read("--args", []byte(text))
	if err != nil {
		return out, fault.Wrap(err, fault.Usage, "--args is not YAML").WithHint(`write it as '{name: value}'`)
	}
	value := yamlvalue.Value(node)
	if value == nil {
		return out, nil
	}
	d, ok := value.(*jinja.Dict)
	if !ok {
		return out, fault.New(fault.Usage, "--args is not a mapping of names to values").WithHint(`write it as '{name: value}'`)
	}
	for key, v := range d.All() {
		out.Kw = append(out.Kw, jinja.KwArg{Name: jinja.Str(key), Value: v})
	}
	return out, nil
}
