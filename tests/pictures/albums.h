// The albums: each takes the pictures of one part of the window, in every state that it can be in. Their names are the
// folders that they fill.
#pragma once

namespace weir {

class Camera;

void shootStart(Camera& camera);     // welcome, a new document, questions, what a broken file says
void shootMenus(Camera& camera);     // every menu of the window
void shootCanvas(Camera& camera);    // running, crowded, folded, heat, find, lit, near and far, every kind of node
void shootEditing(Camera& camera);   // what shows while somebody edits on the canvas
void shootInspector(Camera& camera); // by itself, as long as its page is
void shootTime(Camera& camera);      // timeline, charts, what waits, breakpoints, runs side by side
void shootTables(Camera& camera);    // outline, trace, dead letters, groups, problems
void shootStories(Camera& camera);   // sequence and biography
void shootBroker(Camera& camera);    // links that lose and are cut, nodes and their leaders, a group that goes back
void shootComfort(Camera& camera);   // palette, keys, settings, help, presenter, popups, a small window
void shootReport(Camera& camera);    // its pages
void shootWidgets(Camera& camera);   // a sheet with each widget of ours and of Qt's
void shootReadme(Camera& camera);    // what README and help show

} // namespace weir
