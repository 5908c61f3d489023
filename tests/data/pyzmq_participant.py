import json, sys, zmq

socket = zmq.Context().socket(zmq.DEALER)
socket.connect(sys.argv[1])
socket.send_multipart([b"hello", b"inventory-service"])
socket.send_multipart([b"subscribe", b"inventory"])
while True:
    verb, *rest = socket.recv_multipart()
    if verb == b"deliver":
        tag, channel, attempt, event = rest
        order = json.loads(event)
        answer = {"specversion": "1.0", "id": "answer-to-" + order["id"], "source": "inventory-service",
                  "type": "inventory.updated", "causationid": order["id"], "data": order["data"]}
        socket.send_multipart([b"publish", b"orders", json.dumps(answer).encode()])
        socket.send_multipart([b"ack", tag])
