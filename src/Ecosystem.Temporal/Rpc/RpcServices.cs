namespace Ecosystem.Temporal.Rpc;

/// <summary>Stands for the workflow service where gRPC wants a class.</summary>
internal sealed class WorkflowRpc;

/// <summary>Stands for the operator service where gRPC wants a class.</summary>
internal sealed class OperatorRpc;

/// <summary>Stands for the test service where gRPC wants a class.</summary>
internal sealed class TestRpc;

/// <summary>Stands for the health service where gRPC wants a class.</summary>
internal sealed class HealthRpc;
