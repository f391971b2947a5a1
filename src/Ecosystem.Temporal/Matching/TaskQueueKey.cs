namespace Ecosystem.Temporal.Matching;

/// <summary>Names a queue: queues for workflow and for activity tasks of one name are two.</summary>
internal readonly record struct TaskQueueKey(NamespaceRecord Namespace, string Name, TaskQueueType Type);
