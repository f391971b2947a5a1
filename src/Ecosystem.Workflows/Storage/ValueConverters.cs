using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Ecosystem.Workflows.Storage;

/// <summary>How the kernel's types are stored.</summary>
internal static class ValueConverters
{
    /// <summary>Ids are stored as their text.</summary>
    public sealed class ForId<T>() : ValueConverter<T, string>(id => id.Value, text => Read(text))
        where T : struct, IEntityId<T>
    {
        private static T Read(string text) => text.Length == 0 ? default : T.From(text);
    }

    /// <summary>Currencies are stored as their code.</summary>
    public sealed class ForCurrency() : ValueConverter<Currency, string>(currency => currency.Code, code => new Currency(code));

    /// <summary>Times as ticks in UTC: SQLite has no type for them, and numbers sort and compare.</summary>
    public sealed class TimeAsTicks() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    /// <summary>Times in UTC, for databases with a type for them: PostgreSQL takes no other offset.</summary>
    public sealed class TimeAsUtc() : ValueConverter<DateTimeOffset, DateTimeOffset>(time => time.ToUniversalTime(), time => time.ToUniversalTime());
}
