"""The network as an ONNX graph, run by ONNX Runtime with all its optimisations."""
import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

EPSILON = 1e-3


class Graph:
    """Nodes and constants; every method returns the name of what it adds."""

    def __init__(self, weights):
        self.weights, self.nodes, self.constants = weights, [], []

    def constant(self, array):
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind, *inputs, **attributes):
        name = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def conv(self, x, name, dilation):
        kernel = self.weights[name + ".kernel"]
        total = (len(kernel) - 1) * dilation
        return self.node("Conv", x, self.constant(kernel.transpose(2, 1, 0)), self.constant(self.weights[name + ".bias"]),
                         dilations=[dilation], pads=[total // 2, total - total // 2])

    def norm(self, x, name):
        values = [self.constant(self.weights[f"{name}.{part}"]) for part in ("gamma", "beta", "mean", "variance")]
        return self.node("BatchNormalization", x, *values, epsilon=EPSILON)

    def branches(self, x, name, dilation):
        made = [self.node("Relu", self.norm(self.conv(x, name + kind, dilation), f"{name}{kind}_norm")) for kind in ("_k2", "_k3")]
        return self.node("Concat", *made, axis=1)

    def block(self, x, name, dilation):
        y = self.branches(self.branches(x, name + ".first", dilation), name + ".second", dilation)
        return self.node("Relu", self.node("Add", y, self.conv(x, name + ".shortcut", 1)))

    def gru(self, x):
        """[174, n, 16] to [n, 174, 16]; gates z, r, h as in Keras."""
        def both(part, turn=lambda a: a):
            return np.stack([turn(self.weights[f"gru.{direction}.{part}"]) for direction in ("forward", "backward")])

        biases = np.concatenate((both("input_bias"), both("recurrent_bias")), 1)
        y = self.node("GRU", x, self.constant(both("kernel", np.transpose)), self.constant(both("recurrent", np.transpose)),
                      self.constant(biases), hidden_size=8, direction="bidirectional", linear_before_reset=1)
        return self.node("Reshape", self.node("Transpose", y, perm=[2, 0, 1, 3]), self.constant(np.array([0, 0, 16])))

    def dense(self, x, name):
        return self.node("Add", self.node("MatMul", x, self.constant(self.weights[name + ".kernel"])),
                         self.constant(self.weights[name + ".bias"]))

    def attention(self, h):
        one = self.constant(np.array([1]))
        context = self.constant(self.weights["attention.context"][:, None])
        energy = self.node("Exp", self.node("MatMul", self.node("Tanh", self.dense(h, "attention")), context))
        total = self.node("Add", self.node("ReduceSum", energy, one), self.constant(np.array([1e-7], np.float32)))
        return self.node("ReduceSum", self.node("Mul", h, self.node("Div", energy, total)), one, keepdims=0)


def build(weights):
    graph = Graph(weights)
    x = graph.node("Transpose", "windows", perm=[0, 2, 1])
    x = graph.block(graph.block(x, "block1", 1), "block2", 2)
    context = graph.attention(graph.gru(graph.node("Transpose", x, perm=[2, 0, 1])))
    hidden = graph.node("Relu", graph.norm(graph.dense(context, "hidden"), "hidden_norm"))
    scores = graph.node("Sigmoid", graph.dense(hidden, "output"))
    inputs = [helper.make_tensor_value_info("windows", TensorProto.FLOAT, ["n", 174, 4])]
    outputs = [helper.make_tensor_value_info(scores, TensorProto.FLOAT, ["n", 1])]
    made = helper.make_graph(graph.nodes, "deepires", inputs, outputs, graph.constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def load(weights, threads, way):
    """Returns a function from float32 [n, 174, 4] to scores [n]. There is one way only."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(build(weights).SerializeToString(), options, providers=["CPUExecutionProvider"])
    return lambda windows: session.run(None, {"windows": windows})[0][:, 0]
