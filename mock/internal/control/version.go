package control

import "dragonmock/mock/internal/dispatch"

// Version is the control plane, to be dispatched like a version of the vendor's API.
func Version(config Config) dispatch.Version {
	p := &plane{Config: config}
	return dispatch.Version{
		Name: "control", Bases: []string{Prefix}, Document: p.Document, Policy: dispatch.Control(),
		Handlers: map[string]dispatch.Handler{
			"readHealth":   p.readHealth,
			"readDocument": p.readDocument,

			"createWorld": p.createWorld,
			"listWorlds":  p.listWorlds,
			"deleteWorld": p.deleteWorld,
			"resetWorld":  p.resetWorld,
			"forkWorld":   p.forkWorld,
			"readClock":   p.readClock,
			"moveClock":   p.moveClock,

			"makeCheckpoint":    p.makeCheckpoint,
			"restoreCheckpoint": p.restoreCheckpoint,
			"listChanges":       p.listChanges,
			"dumpState":         p.dumpState,
			"loadState":         p.loadState,

			"redeem":         dispatch.Body(p.redeem),
			"reverse":        dispatch.Body(p.reverse),
			"setSlot":        dispatch.Body(p.setSlot),
			"confirmOrder":   dispatch.Plain(p.confirmOrder),
			"failOrder":      dispatch.Plain(p.failOrder),
			"useData":        dispatch.Body(p.useData),
			"closeResource":  dispatch.Body(p.closeResource),
			"moveOrder":      dispatch.Body(p.moveOrder),
			"announce":       dispatch.Body(p.announce),
			"expireEPass":    dispatch.Plain(p.expireEPass),
			"patchResource":  dispatch.Plain(p.patchResource),
			"listEvents":     dispatch.Plain(p.listEvents),
			"listDeliveries": dispatch.Plain(p.listDeliveries),
			"replayEvent":    dispatch.Plain(p.replayEvent),
			"drawQRCode":     p.drawQRCode,

			"listEventKeys":   dispatch.Plain(p.listEventKeys),
			"readJWKS":        p.readJWKS,
			"rotateEventKeys": dispatch.Body(p.rotateEventKeys),

			"listFaults":    dispatch.Plain(p.listFaults),
			"replaceFaults": dispatch.Plain(p.replaceFaults),
			"addFault":      dispatch.Plain(p.addFault),
			"removeFault":   dispatch.Plain(p.removeFault),

			"listRequests":   p.listRequests,
			"clearRequests":  p.clearRequests,
			"listUnread":     p.listUnread,
			"streamRequests": p.streamRequests,

			"listScenarios":    p.listScenarios,
			"playScenario":     p.playScenario,
			"validateScenario": p.validateScenario,
		},
	}
}
