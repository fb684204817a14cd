package manifest

// Microbatch says whether the node is a model that is built window by window of
// its event time.
func (n *Node) Microbatch() bool {
	return n.ResourceType == Model && n.Config.Materialized() == "incremental" && n.Config.String("incremental_strategy") == "microbatch"
}
