namespace Ecosystem.Temporal.Visibility;

/// <summary>Lists runs. Records are written in the transactions of the runs, through <see cref="StoreWrite.Visibility"/>.</summary>
internal interface IVisibilityStore
{
    /// <summary>Runs of a namespace for which the filter holds, the latest start first, from after the given key on.</summary>
    IEnumerable<VisibilityRecord> Scan(string ns, Func<VisibilityRecord, bool> filter);
}
