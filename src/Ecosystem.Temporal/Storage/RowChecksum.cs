using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Ecosystem.Temporal.Storage;

/// <summary>CRC-32C (RFC 3720, appendix B.4) over the parts of a row, so that a byte that changed on disk is noticed even inside a value.</summary>
internal struct RowChecksum()
{
    private uint _crc = uint.MaxValue;

    public readonly long Value => ~_crc;

    public RowChecksum Add(long value)
    {
        _crc = BitOperations.Crc32C(_crc, (ulong)value);
        return this;
    }

    public RowChecksum Add(string text)
    {
        Add((long)text.Length);
        return Add(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    public RowChecksum Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            _crc = BitOperations.Crc32C(_crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var rest in bytes)
        {
            _crc = BitOperations.Crc32C(_crc, rest);
        }

        return this;
    }

    public static long Of(ExecutionRow row) => new RowChecksum()
        .Add(row.Key)
        .Add(row.Namespace)
        .Add(row.WorkflowId)
        .Add(row.RunId)
        .Add(row.RequestId)
        .Add(row.Status)
        .Add(row.Due)
        .Add((row.Ready ? 1 : 0) | (row.Superseded ? 2 : 0))
        .Add(row.Overlay)
        .Value;

    public static long Of(HistoryBatch batch) => new RowChecksum().Add(batch.Run).Add(batch.FirstEventId).Add(batch.Count).Add(batch.Data).Value;

    public static long Of(StoreDocument document) => new RowChecksum().Add(document.Kind).Add(document.Key).Add(document.Data).Value;
}
