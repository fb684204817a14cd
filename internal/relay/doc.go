// Package relay passes commands to the process that owns a warehouse. That process
// listens on a Unix socket in a folder of its user's own and says in a record beside
// the warehouse file where; others send it their whole invocation, and it runs them
// as they would have been run, streams back what they print, and ends them when the
// sender is interrupted or gone.
//
//	sender -> owner   run{invocation}  in{bytes} inEnd  cancel
//	owner  -> sender  wantIn           out{bytes} err{bytes}  exit{code}
//
// Frames are a byte of kind, four bytes of length (big endian) and the content.
// There is one invocation a connection. The end of a connection is a cancel.
package relay
