namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Marks the one parameter whose event starts the function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute
{
    /// <summary>For the attributes of each kind.</summary>
    public TriggerBindingAttribute()
    {
    }
}
