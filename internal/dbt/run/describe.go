package run

import (
	"github.com/kith-analytics/kith/internal/dbt/artifact"
	"github.com/kith-analytics/kith/internal/dbt/manifest"
	"github.com/kith-analytics/kith/internal/dbt/run/event"
)

// described is what lines and events say about a node.
type described struct {
	text string // "sql view model main.orders"
	info event.Node
}

// describe gives the words for a node; database is the one that needs no mention.
func describe(n *manifest.Node, database string) described {
	relation := n.Schema + "." + n.Alias
	if n.Database != "" && n.Database != database {
		relation = n.Database + "." + relation
	}
	text := string(n.ResourceType) + " " + n.Name
	switch n.ResourceType { //nolint:exhaustive // the others are kind and name
	case manifest.Model:
		language := n.Language
		if language == "" {
			language = "sql"
		}
		kind := n.Config.Materialized()
		if n.Microbatch() {
			kind = "microbatch"
		}
		text = language + " " + kind + " model " + relation
	case manifest.Seed:
		text = "seed file " + relation
	case manifest.Snapshot:
		text = "snapshot " + relation
	case manifest.SourceType:
		source, table := lastTwo(n.FQN)
		text = "freshness of " + source + "." + table
	case manifest.UnitTestType:
		text = "unit_test " + testName(n)
	}
	return described{text: text, info: event.Node{
		UniqueID: n.UniqueID, Name: n.Name, Path: n.Path, ResourceType: string(n.ResourceType),
		Materialized: n.Config.Materialized(), Checksum: n.Checksum.Checksum, Ephemeral: n.Ephemeral(),
		Relation: event.Relation{Database: n.Database, Schema: n.Schema, Alias: n.Alias, RelationName: n.RelationName},
	}}
}

func describeExposure(e *manifest.Exposure) described {
	return described{text: "exposure " + e.Name, info: event.Node{
		UniqueID: e.UniqueID, Name: e.Name, Path: e.Path, ResourceType: string(manifest.ExposureType),
	}}
}

// testName is a test's name as lines show it; a unit test's has its model's before.
func testName(n *manifest.Node) string {
	if n.ResourceType != manifest.UnitTestType {
		return n.Name
	}
	model, _ := lastTwo(n.FQN)
	return model + "::" + n.Name
}

// lastTwo gives the last two parts of an fqn, which name tables of sources and
// unit tests.
func lastTwo(fqn []string) (first, second string) {
	if len(fqn) < 2 {
		return "", ""
	}
	return fqn[len(fqn)-2], fqn[len(fqn)-1]
}

// timeFormat is how dbt writes times in its structured log: UTC, without a zone.
const timeFormat = "2006-01-02T15:04:05.000000"

// ended completes a node's info with how it ended.
func (d described) ended(r *Result) event.Node {
	info := d.info
	info.Status = string(r.Status)
	if !r.started.IsZero() {
		info.StartedAt = r.started.UTC().Format(timeFormat)
		info.FinishedAt = r.started.Add(r.ExecutionTime).UTC().Format(timeFormat)
	}
	return info
}

// doneLine is the event that shows how a node ended.
func doneLine(d described, r *Result, index, total int) event.Event {
	info := d.ended(r)
	switch r.Node.ResourceType {
	case manifest.SourceType:
		source, table := lastTwo(r.Node.FQN)
		return event.FreshnessDone{
			Source: source, Table: table, Status: string(r.Status), Index: index, Total: total, Took: event.Seconds(r.ExecutionTime), Node: info,
		}
	case manifest.Test, manifest.UnitTestType:
		failures := 0
		if r.Failures != nil {
			failures = *r.Failures
		}
		return event.TestDone{
			Name: testName(r.Node), Status: string(r.Status), Index: index, Total: total, Failures: failures,
			Took: event.Seconds(r.ExecutionTime), Attached: r.Node.AttachedNode, Node: info,
		}
	default:
	}
	if r.Status == artifact.NoOp {
		return event.NoOp{Description: d.text, Index: index, Total: total, Node: info}
	}
	status := r.Message
	if r.Status == artifact.Error {
		status = string(artifact.Error)
	}
	return event.ModelDone{
		Description: d.text, Status: status, Index: index, Total: total,
		Took: event.Seconds(r.ExecutionTime), Node: info, Failed: r.Status == artifact.Error,
	}
}
