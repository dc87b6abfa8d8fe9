"""Who is compared: the frameworks and their ways of running the network."""
from typing import NamedTuple


class Peer(NamedTuple):
    title: str
    module: str      # of this folder; its load() makes the network
    way: str
    batches: list    # that the sweep tries
    package: str     # whose version the table names


SIZES = [8, 32, 64, 128, 256, 512, 1024, 2048, 4096]

PEERS = {
    "onnxruntime": Peer("ONNX Runtime", "network_onnx", "session", SIZES, "onnxruntime"),
    "torch": Peer("PyTorch, eager", "network_torch", "eager", SIZES, "torch"),
    # Compiled anew for every batch size: half a minute each.
    "torch-compiled": Peer("PyTorch, compiled", "network_torch", "compiled", [32, 256, 2048], "torch"),
    "keras": Peer("TensorFlow, graph", "network_keras", "graph", SIZES, "tensorflow-cpu"),
    "keras-xla": Peer("TensorFlow, XLA", "network_keras", "xla", [32, 128, 512, 2048], "tensorflow-cpu"),
    "predict": Peer("TensorFlow, one `predict` a window, as published", "network_keras", "predict", [1], "tensorflow-cpu"),
}
