using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Randomness that is the same on every replay: each number follows from the process's id and how many were drawn before.</summary>
internal sealed class ProcessRandom(string seed)
{
    /// <summary>How many draws there were.</summary>
    internal long Drawn { get; set; }

    internal double NextDouble()
    {
        Span<byte> bytes = stackalloc byte[32];
        Draw(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    internal Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[32];
        Draw(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes[..16]);
    }

    private void Draw(Span<byte> into) => SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{Drawn++}"), into);
}
