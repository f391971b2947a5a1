namespace Ecosystem.Temporal.Schedules;

/// <summary>
/// The schedules deleted last. As a server keeps the ended workflow that a schedule was, calls on one say that it has ended rather than that it never
/// was, its times can still be asked for, and the creation's request id stays known. Forgotten at a restart, and the oldest first.
/// </summary>
internal sealed class DeletedSchedules
{
    private const int Most = 1000;
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<(string Namespace, string Id), ScheduleMachine> _machines = [];

    public void Add(ScheduleState state)
    {
        // Only what is asked for later is kept, not the action with its payloads.
        var machine = new ScheduleMachine(new ScheduleState
        {
            Namespace = state.Namespace,
            ScheduleId = state.ScheduleId,
            Schedule = ScheduleMachine.Canonical(new Temporalio.Api.Schedule.V1.Schedule { Spec = state.Schedule.Spec }),
            Info = new Temporalio.Api.Schedule.V1.ScheduleInfo(),
            CreatedBy = state.CreatedBy,
        });
        lock (_lock)
        {
            _machines.Remove((state.Namespace, state.ScheduleId));
            _machines.Add((state.Namespace, state.ScheduleId), machine);
            if (_machines.Count > Most)
            {
                _machines.RemoveAt(0);
            }
        }
    }

    /// <summary>What is left of a deleted schedule, or null.</summary>
    public ScheduleMachine? Find(string ns, string id)
    {
        lock (_lock)
        {
            return _machines.GetValueOrDefault((ns, id));
        }
    }

    public void Remove(string ns, string id)
    {
        lock (_lock)
        {
            _machines.Remove((ns, id));
        }
    }

    public void Clear(string ns)
    {
        lock (_lock)
        {
            foreach (var key in _machines.Keys.Where(key => key.Namespace == ns).ToList())
            {
                _machines.Remove(key);
            }
        }
    }
}
