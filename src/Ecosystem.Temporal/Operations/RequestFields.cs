using Google.Protobuf.Reflection;

namespace Ecosystem.Temporal.Operations;

/// <summary>Reads from any request what metrics and traces say of it, by the names that Temporal's requests use.</summary>
internal sealed class RequestFields(MessageDescriptor descriptor)
{
    private readonly FieldDescriptor? _namespace = Text(descriptor, "namespace");
    private readonly FieldDescriptor? _workflowId = Text(descriptor, "workflow_id");
    private readonly FieldDescriptor? _execution = new[] { "workflow_execution", "execution" }
        .Select(descriptor.FindFieldByName)
        .FirstOrDefault(field => field?.FieldType == FieldType.Message && field.MessageType == WorkflowExecution.Descriptor);

    private readonly FieldDescriptor? _queue = descriptor.FindFieldByName("task_queue") is { FieldType: FieldType.Message } field && field.MessageType == TaskQueue.Descriptor ? field : null;

    public string Namespace(IMessage request) => _namespace?.Accessor.GetValue(request) as string ?? "";

    public string TaskQueueOf(IMessage request) => (_queue?.Accessor.GetValue(request) as TaskQueue)?.Name ?? "";

    public (string WorkflowId, string RunId) Execution(IMessage request) =>
        _execution?.Accessor.GetValue(request) is WorkflowExecution execution
            ? (execution.WorkflowId, execution.RunId)
            : (_workflowId?.Accessor.GetValue(request) as string ?? "", "");

    private static FieldDescriptor? Text(MessageDescriptor descriptor, string name) =>
        descriptor.FindFieldByName(name) is { FieldType: FieldType.String, IsRepeated: false } field ? field : null;
}
