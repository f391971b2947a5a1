using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>Makes messages of any type from its descriptor: fields missing, empty, extreme, wrong, and now and then right.</summary>
internal sealed class RandomMessages(int seed)
{
    private static readonly string[] Texts =
        ["default", "", "w", "q", "no-such-namespace", "not-a-uuid", "00000000-0000-0000-0000-000000000001", new('x', 1001), "/_sys/q", "\u0000\uFFFF", "a = 'b' OR (", "* * * * *", "@every -1s"];

    private static readonly long[] Numbers = [0, 1, -1, 5, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];
    private readonly Random _random = new(seed);

    public IMessage Make(MessageDescriptor descriptor, int depth = 0)
    {
        // Times are possible ones more often than not, as requests with others go no further.
        if (_random.Next(8) > 0 && descriptor == Timestamp.Descriptor)
        {
            return new Timestamp { Seconds = _random.Next(8) == 0 ? 253_402_300_799 : _random.Next(0, int.MaxValue) };
        }

        if (_random.Next(8) > 0 && descriptor == Duration.Descriptor)
        {
            return new Duration { Seconds = _random.Next(8) == 0 ? 315_576_000_000 : _random.Next(-1, 100_000) };
        }

        var message = (IMessage)Activator.CreateInstance(descriptor.ClrType)!;
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            // The namespace is right more often than not, as otherwise nothing behind it is reached.
            if (field is { Name: "namespace", FieldType: FieldType.String } && _random.Next(8) > 0)
            {
                field.Accessor.SetValue(message, "default");
            }
            else if (depth < 5 && !IsWrapper(field) && _random.Next(3) > 0)
            {
                Set(message, field, depth);
            }
        }

        return message;
    }

    private void Set(IMessage message, FieldDescriptor field, int depth)
    {
        if (field.IsMap)
        {
            var map = (System.Collections.IDictionary)field.Accessor.GetValue(message);
            var entry = field.MessageType;
            map[Value(entry.FindFieldByNumber(1), depth)] = Value(entry.FindFieldByNumber(2), depth);
        }
        else if (field.IsRepeated)
        {
            var list = (System.Collections.IList)field.Accessor.GetValue(message);
            for (var i = _random.Next(3); i > 0; i--)
            {
                list.Add(Value(field, depth));
            }
        }
        else
        {
            field.Accessor.SetValue(message, Value(field, depth));
        }
    }

    private object Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message or FieldType.Group => Make(field.MessageType, depth + 1),
        FieldType.String => Texts[_random.Next(Texts.Length)],
        FieldType.Bytes => ByteString.CopyFrom([.. Enumerable.Range(0, _random.Next(40)).Select(_ => (byte)_random.Next(256))]),
        FieldType.Bool => _random.Next(2) == 0,
        FieldType.Double => (double)Number() / 3,
        FieldType.Float => (float)Number() / 3,
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, _random.Next(-1, 12)),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Number(),
        FieldType.UInt64 or FieldType.Fixed64 => (ulong)Number(),
        FieldType.UInt32 or FieldType.Fixed32 => (uint)Number(),
        _ => (int)Number(),
    };

    /// <summary>Whether C# shows the field as a nullable value, which a message cannot be put into.</summary>
    private static bool IsWrapper(FieldDescriptor field) =>
        field is { FieldType: FieldType.Message } && field.MessageType.File.Name == "google/protobuf/wrappers.proto";

    private long Number() => Numbers[_random.Next(Numbers.Length)];
}
