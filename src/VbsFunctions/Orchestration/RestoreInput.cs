using Vbs.Restores;
using Vbs.Restores.Planning;

namespace VbsFunctions.Orchestration;

/// <summary>What a restore's orchestration is started with.</summary>
/// <param name="ProjectId">The project that asked.</param>
/// <param name="RestoreId">The restore; also the orchestration's instance id.</param>
/// <param name="Cursor">Where the last window left off; null at the start.</param>
public sealed record RestoreInput(ProjectId ProjectId, RestoreId RestoreId, RestoreCursor? Cursor = null);

/// <summary>How far a planned restore is: what continue-as-new carries from one window to the next.</summary>
/// <param name="VolumeId">The volume to write.</param>
/// <param name="Plan">What the plan came to.</param>
/// <param name="NextSegment">The first segment not yet given to a lane.</param>
/// <param name="LaneBytes">Bytes done by each lane; its length is how many segments run at once.</param>
public sealed record RestoreCursor(VolumeId VolumeId, RestorePlan Plan, int NextSegment, IReadOnlyList<long> LaneBytes);
