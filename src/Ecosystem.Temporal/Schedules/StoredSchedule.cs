using System.Buffers.Binary;

namespace Ecosystem.Temporal.Schedules;

/// <summary>A schedule as the store keeps it: the key of its visibility row, then its state.</summary>
internal sealed record StoredSchedule(long RowKey, ScheduleState State)
{
    public byte[] Serialize()
    {
        var state = State.Serialize();
        var data = new byte[sizeof(long) + state.Length];
        BinaryPrimitives.WriteInt64LittleEndian(data, RowKey);
        state.CopyTo(data, sizeof(long));
        return data;
    }

    public static StoredSchedule Deserialize(byte[] data) =>
        new(BinaryPrimitives.ReadInt64LittleEndian(data), ScheduleState.Deserialize(data.AsSpan(sizeof(long))));
}
