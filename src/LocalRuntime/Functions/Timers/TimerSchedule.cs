using System.Globalization;
using System.Text.RegularExpressions;
using LocalRuntime.Hosting;
using NCrontab;

namespace LocalRuntime.Functions.Timers;

/// <summary>When a timer is due. Times are UTC, as on Azure unless an app sets a zone.</summary>
internal sealed partial class TimerSchedule
{
    private readonly CrontabSchedule? crontab;
    private readonly TimeSpan interval;

    private TimerSchedule(CrontabSchedule? crontab, TimeSpan interval)
    {
        this.crontab = crontab;
        this.interval = interval;
    }

    /// <summary>Reads the schedule of a trigger.</summary>
    /// <param name="function">Whose it is, for the message.</param>
    /// <param name="schedule">NCRONTAB of six fields, or five (then the second is 0); a time span above zero; or <c>%Setting%</c> that holds one of them.</param>
    /// <param name="setting">Finds a setting.</param>
    /// <exception cref="StartException">It is none of these.</exception>
    public static TimerSchedule Parse(string function, string schedule, Func<string, string?> setting)
    {
        var text = Names().Replace(schedule, match => setting(match.Groups[1].Value)
            ?? throw new StartException($"Function {function}: its schedule {schedule} names a setting that is missing."));
        if (CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 5 }) is { } crontab)
        {
            return new TimerSchedule(crontab, default);
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero
            ? new TimerSchedule(null, interval)
            : throw new StartException($"Function {function}: '{text}' is neither NCRONTAB (\"second minute hour day month weekday\") nor a time span above zero.");
    }

    /// <summary>The first time after this one that it is due.</summary>
    public DateTimeOffset Next(DateTimeOffset after) =>
        crontab is null ? after + interval : new DateTimeOffset(crontab.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Names();
}
