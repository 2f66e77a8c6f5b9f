package event

import "time"

// SetPoll has a log look for other nodes' events as often as a test wants.
func SetPoll(l *Log, every time.Duration) { l.poll = every }
